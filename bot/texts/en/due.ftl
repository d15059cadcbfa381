# What is said about a due day. M3, T1, T2; VOICE: vague day refused, unpublished holidays.
due-echo = Due { $day }
due-at = { $day }, { $time }
due-far = No year was given, so that is { $day }, { $days } days away. Is it the day you mean?
due-unconfirmed = That makes { $day }, by weekends and statutory days; the { $year } calendar is not published yet. I will check again when it is and tell you.

due-vague = { $why ->
    [two] "{ $phrase }" could be more than one day. Which one? For example { $example }.
    [lunar] Is "{ $phrase }" in the solar or the lunar calendar? Give the day, for example { $example }.
    [open] "{ $phrase }" has no last day. By which day? For example { $example }.
    [time] "{ $phrase }" could be more than one time. Morning or afternoon? For example { $example } 15:00.
   *[other] "{ $phrase }" is not a day. Which one? For example { $example }.
}
due-invalid = { $why ->
    [weekday] "{ $phrase }" does not agree: { $day } is a { $weekday ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[other] Sunday
    }. Which day is it?
    [no-weekday] There is no weekday "{ $phrase }". Give the day, for example { $example }.
    [no-time] There is no such time as in "{ $phrase }". Use 0:00 to 24:00, for example { $example } 15:00.
    [too-far] "{ $phrase }" is too far off. Give a day in the next ten years, for example { $example }.
   *[other] There is no "{ $phrase }" in the calendar. Give the day, for example { $example }.
}
due-past = { $why ->
    [ago] "{ $phrase }" is in the past. Give today or a later day, for example { $example }.
    [time] The time in "{ $phrase }" has passed. Give a later time or day, for example { $example }.
   *[other] "{ $phrase }" has passed. Give today or a later day, for example { $example }.
}
due-unknown = I cannot tell which day "{ $phrase }" is. Give the day, for example { $example }.

due-offer-tomorrow = Tomorrow
due-offer-monday = Monday
due-offer-friday = This Friday
due-offer-next-friday = Next Friday
due-offer-day = { $day }
# The same where there are no buttons: the days to choose from.
due-choose = { $reason } Days to choose from: { $offers }.
due-choice = { $label } ({ $say })
