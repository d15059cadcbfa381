# The minutes as a paper: one layout as card, Markdown, DOCX and PDF (N6).

kind-regular = Regular meeting
kind-special = Special meeting
kind-kick_off = Kick-off
kind-retrospective = Retrospective
kind-improvement = Improvement meeting
kind-cross_department = Cross-department meeting
kind-decision = Decision meeting
kind-training = Training

verdict-agreed = Agreed
verdict-deferred = Deferred
verdict-more_material = Needs more material
verdict-rejected = Rejected

paper-title = Minutes: { $title }
paper-number = { $label } · { $state }
paper-state-draft = draft, not reviewed
paper-state-submitted = with the host for review
paper-state-distributed = distributed
paper-state-archived = archived
paper-state-superseded = replaced by a newer version
paper-confidential = Confidential: for attendees and named leaders only
paper-kind = Type
paper-time = Time
paper-span = { $day }, { $from }–{ $to } ({ $zone })
paper-place = Place
paper-organizer = Organizer
paper-host = Host
paper-recorder = Recorder
paper-present = Present
paper-absent = Absent
paper-absent-why = { $who } ({ $why })
paper-absent-proxy = { $who } ({ $proxy } came instead)
paper-absent-both = { $who } ({ $why }; { $proxy } came instead)
paper-copies = Copies
paper-objective = Objective
paper-expected = Expected outcome
paper-topics = Topics
paper-topic = { $n }. { $title }
paper-topic-presenter = { $n }. { $title } ({ $presenter })
paper-conclusion = Conclusion: { $text }
paper-concluded = Conclusion: { $text } ({ $verdict ->
    [agreed] agreed
    [deferred] deferred
    [more_material] needs more material
   *[rejected] rejected
})
paper-decisions = Decisions
paper-decision = { $verdict }: { $text }
paper-decision-why = { $verdict }: { $text }. Because: { $why }
paper-decision-why-asked = { $verdict }: { $text } Because: { $why }
paper-actions = Actions
paper-column-number = No.
paper-column-action = Action
paper-column-owner = Owner
paper-column-department = Department
paper-column-due = Due
paper-column-criterion = Done when
paper-parked = Parked
paper-left = { $text } ({ $who } follows up)
paper-following = Next meeting
paper-more = Other
paper-approved = Approved by { $host }, { $at }
paper-page = Page { $page }
