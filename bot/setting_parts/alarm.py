"""Whom the bot tells, by e-mail, that it is not well."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import NoDecode

from bot.runtime.alarm import AlarmRules
from bot.runtime.mailing import MailServer
from bot.setting_faults import a_list, a_mail_address, is_local
from bot.setting_parts.part import Part, with_secrets

MailAddress = Annotated[str, AfterValidator(a_mail_address)]


class AlarmPart(Part):
    """The mail server, the addresses, and how soon and how often they are written to."""

    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password: SecretStr = SecretStr("")
    password_file: Path | None = None
    sender: Annotated[str, AfterValidator(a_mail_address)] = ""
    recipients: Annotated[tuple[MailAddress, ...], NoDecode, BeforeValidator(a_list)] = ()
    after_minutes: float = Field(default=10.0, ge=1, le=1440)
    again_after_hours: float = Field(default=6.0, ge=1, le=168)

    @model_validator(mode="before")
    @classmethod
    def _read_secrets(cls, values: Any) -> Any:
        return with_secrets(values, "password")

    @model_validator(mode="after")
    def _is_whole(self) -> AlarmPart:
        if self.smtp_host and not self.sender:
            raise ValueError("sender: is missing; with smtp_host it must be an e-mail address")
        if self.smtp_host and not self.recipients:
            raise ValueError("recipients: is missing; with smtp_host it must be a list of e-mail addresses")
        if self.smtp_host and self.user and self.security == "none" and not is_local(self.smtp_host):
            raise ValueError('security: is "none"; with a user it must be one of: starttls, tls')
        return self

    def server(self) -> MailServer | None:
        """The mail server that these settings mean; None if nobody is written to."""
        if not self.smtp_host:
            return None
        return MailServer(
            self.smtp_host, self.smtp_port, self.security, self.user, self.password.get_secret_value(),
            self.sender, self.recipients,
        )  # fmt: skip

    def rules(self) -> AlarmRules:
        """When the owners are written to."""
        return AlarmRules(after_s=60 * self.after_minutes, again_after_s=3600 * self.again_after_hours)
