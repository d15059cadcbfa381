"""Operations: load, ask who may, apply a rule of the domain, save with history and alarms, and yield what changed."""
