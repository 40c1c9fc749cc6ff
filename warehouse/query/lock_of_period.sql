SELECT lock_at FROM core.period WHERE period = $1
