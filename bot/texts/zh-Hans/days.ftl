# How far a day is from today. VOICE rule 3.
day-distance = { $days ->
    [0] 今天
    [1] 明天
   *[other] 还有 { $days } 天
}
day-ago = { $days ->
    [1] 昨天
   *[other] { $days } 天前
}
zone-chosen = { $name }（{ $offset }）
