"""Feishu's own judgement of a card (sheet 4.1–4.5)."""
