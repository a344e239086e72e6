"""Words with which people go back in a form or leave it, in the six languages, besides those on its buttons."""

from __future__ import annotations

BACK = ("go back", "revenir", "volver", "вернуться", "返回", "رجوع")
PAUSE = (
    *("stop", "cancel", "quit", "exit", "arrêter", "annuler", "quitter", "parar", "cancelar", "salir"),
    *("стоп", "остановить", "отмена", "выйти", "停止", "取消", "退出", "توقف", "إلغاء", "خروج"),
)
