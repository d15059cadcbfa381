# How far a day is from today. VOICE rule 3.
day-distance = { $days ->
    [0] today
    [1] tomorrow
   *[other] in { $days } days
}
day-ago = { $days ->
    [1] yesterday
   *[other] { $days } days ago
}
zone-chosen = { $name } ({ $offset })
