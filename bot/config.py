"""The settings, from the environment or a .env file, frozen; only app and the command line read them."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
ENV_FILES = (ROOT / ".env", Path(".env"))
TELEGRAM = "https://api.telegram.org"

_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{3,100}")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_WEBHOOK_URL = re.compile(r"https://[^/\s]+(/\S*)?|http://(127\.0\.0\.1|localhost)(:\d+)?(/\S*)?")
_LISTEN = re.compile(r"(?P<host>[\w.-]+|\[[0-9a-fA-F:]+\]):(?P<port>\d{1,5})")
_DATABASES = ("sqlite+aiosqlite:///", "postgresql+asyncpg://")


class SettingsError(Exception):
    """One clear sentence about a setting that is missing or wrong; never holds a secret."""


def _(sentence: str) -> str:
    """Mark a sentence for translation; the command line translates it."""
    return sentence


class Settings(BaseSettings):
    """All that an installation may set."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILES, env_file_encoding="utf-8", env_ignore_empty=True, frozen=True, extra="ignore"
    )

    bot_token: SecretStr = SecretStr("")
    bot_api_base: str = TELEGRAM
    bot_proxy: str = ""
    database_url: SecretStr = SecretStr("")
    timezone: str = "Asia/Shanghai"
    organisation: str = "中共某分行委员会"
    var_dir: Path = ROOT / "var"
    tick_seconds: float = Field(default=15.0, gt=0, le=60)
    log_level: str = "INFO"
    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")
    webhook_listen: str = "127.0.0.1:8080"
    webhook_connections: int = Field(default=40, ge=1, le=100)
    metrics_listen: str = ""

    @field_validator("bot_token")
    @classmethod
    def _token_has_its_shape(cls, value: SecretStr) -> SecretStr:
        text = value.get_secret_value()
        if text and not _TOKEN.fullmatch(text):
            raise ValueError(
                _("BOT_TOKEN does not look like a bot token (digits, a colon, letters): copy it again from @BotFather.")
            )
        return value

    @field_validator("timezone")
    @classmethod
    def _zone_is_known(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError) as error:
            raise ValueError(_("TIMEZONE is not a known zone name such as Asia/Shanghai.")) from error
        return value

    @field_validator("bot_api_base", "bot_proxy")
    @classmethod
    def _address_has_a_scheme(cls, value: str) -> str:
        if value and not re.match(r"(https?|socks5)://[^/]+", value):
            raise ValueError(_("BOT_API_BASE and BOT_PROXY need a full address such as https://api.telegram.org."))
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _database_is_one_of_two(cls, value: SecretStr) -> SecretStr:
        text = normalised_database_url(value.get_secret_value())
        if text and not text.startswith(_DATABASES):
            raise ValueError(_("DATABASE_URL must begin with sqlite:/// or postgresql://."))
        return SecretStr(text)

    @field_validator("webhook_secret")
    @classmethod
    def _secret_cannot_be_guessed(cls, value: SecretStr) -> SecretStr:
        text = value.get_secret_value()
        if text and not _WEBHOOK_SECRET.fullmatch(text):
            raise ValueError(_("WEBHOOK_SECRET needs 16 to 256 letters, digits, _ or -: try openssl rand -hex 32."))
        return value

    @field_validator("webhook_url")
    @classmethod
    def _webhook_is_encrypted(cls, value: str) -> str:
        if value and not _WEBHOOK_URL.fullmatch(value):
            raise ValueError(_("WEBHOOK_URL needs a full address such as https://bot.example.org/telegram."))
        return value

    @field_validator("webhook_listen", "metrics_listen")
    @classmethod
    def _listener_has_host_and_port(cls, value: str) -> str:
        if value and not _LISTEN.fullmatch(value):
            raise ValueError(_("WEBHOOK_LISTEN and METRICS_LISTEN need host and port, such as 127.0.0.1:8080."))
        return value

    @property
    def database(self) -> str:
        """The database's address for SQLAlchemy; SQLite in `var_dir` when none is set."""
        return self.database_url.get_secret_value() or f"sqlite+aiosqlite:///{self.var_dir / 'xianfeng.sqlite3'}"

    def secrets(self) -> tuple[str, ...]:
        """What must never be shown: the token, the webhook's secret and the database's password."""
        password = urlsplit(self.database).password or ""
        return self.bot_token.get_secret_value(), self.webhook_secret.get_secret_value(), password

    @property
    def zone(self) -> ZoneInfo:
        """The organisation's own time zone, which all rules use."""
        return ZoneInfo(self.timezone)


def host_and_port(listen: str) -> tuple[str, int]:
    """The two halves of a listener's address that Settings has checked."""
    host, _colon, port = listen.rpartition(":")
    return host.strip("[]"), int(port)


def normalised_database_url(url: str) -> str:
    """The same address with the asynchronous driver named."""
    for plain, driver in (
        ("sqlite:///", "sqlite+aiosqlite:///"),
        ("postgresql://", "postgresql+asyncpg://"),
        ("postgres://", "postgresql+asyncpg://"),
    ):
        if url.startswith(plain):
            return driver + url.removeprefix(plain)
    return url


def load_settings() -> Settings:
    """Read the settings; the first wrong one is a SettingsError with one sentence and without its value."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = str(first["loc"][0]).upper() if first["loc"] else "settings"
        reason = first["msg"].removeprefix("Value error, ")
        raise SettingsError(reason if name in reason else f"{name}: {reason}") from None
