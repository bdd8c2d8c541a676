"""A small server for the pages in ``widgets/``: a scripted desk in many languages, behind polling, events or a socket.

It keeps what each page's own script showed and when. Nothing of chatprobe's is used: it is a judge.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from aiohttp import WSMsgType, web

WIDGETS = Path(__file__).parent / "widgets"
PAGES = sorted(page.stem for page in WIDGETS.glob("*.html") if not page.stem.endswith("-inner"))

SAID: dict[str, tuple[str, str, str, str]] = {
    "en": (
        "You are number 2 in the queue.",
        "Hi, I am the virtual assistant. I am looking for somebody who can help you.",
        "Good evening, a withdrawal to a card takes one to three working days with us.",
        "Does that answer your question?",
    ),
    "fr": (
        "Vous êtes numéro 2 dans la file d'attente.",
        "Bonjour, je suis l'assistant virtuel. Je cherche quelqu'un qui pourra vous aider.",
        "Bonsoir, un retrait vers une carte prend chez nous un à trois jours ouvrés.",
        "Est-ce que cela répond à votre question ?",
    ),
    "de": (
        "Sie sind Nummer 2 in der Warteschlange.",
        "Hallo, ich bin der virtuelle Assistent. Ich suche jemanden, der Ihnen helfen kann.",
        "Guten Abend, eine Auszahlung auf eine Karte dauert bei uns ein bis drei Werktage.",
        "Beantwortet das Ihre Frage?",
    ),
    "es": (
        "Usted es el número 2 en la cola.",
        "Hola, soy el asistente virtual. Busco a alguien que pueda ayudarle.",
        "Buenas tardes, un retiro a una tarjeta tarda aquí de uno a tres días hábiles.",
        "¿Responde eso a su pregunta?",
    ),
    "it": (
        "Lei è il numero 2 in coda.",
        "Buongiorno, sono l'assistente virtuale. Cerco qualcuno che possa aiutarla.",
        "Buonasera, un prelievo su carta richiede da noi da uno a tre giorni lavorativi.",
        "Questo risponde alla sua domanda?",
    ),
    "pl": (
        "Jest Pan numerem 2 w kolejce.",
        "Dzień dobry, jestem wirtualnym asystentem. Szukam kogoś, kto może pomóc.",
        "Dobry wieczór, wypłata na kartę trwa u nas od jednego do trzech dni roboczych.",
        "Czy to odpowiada na pytanie?",
    ),
    "pt": (
        "Você é o número 2 na fila.",
        "Olá, sou o assistente virtual. Procuro alguém que possa ajudar.",
        "Boa noite, um levantamento para um cartão demora connosco de um a três dias úteis.",
        "Isso responde à sua pergunta?",
    ),
    "tr": (
        "Sırada 2. sıradasınız.",
        "Merhaba, ben sanal asistanım. Size yardım edebilecek birini arıyorum.",
        "İyi akşamlar, karta para çekme bizde bir ila üç iş günü sürer.",
        "Bu sorunuzu yanıtlıyor mu?",
    ),
    "ar": (
        "أنت رقم 2 في قائمة الانتظار.",
        "مرحبا، أنا المساعد الافتراضي. أبحث عن شخص يمكنه مساعدتك.",
        "مساء الخير، يستغرق السحب إلى البطاقة لدينا من يوم إلى ثلاثة أيام عمل.",
        "هل هذا يجيب على سؤالك؟",
    ),
    "ru": (
        "Вы номер 2 в очереди.",
        "Здравствуйте, я виртуальный помощник. Ищу того, кто сможет вам помочь.",
        "Добрый вечер, вывод на карту занимает у нас от одного до трёх рабочих дней.",
        "Это отвечает на ваш вопрос?",
    ),
    "nl": (
        "U bent nummer 2 in de wachtrij.",
        "Hallo, ik ben de virtuele assistent. Ik zoek iemand die u kan helpen.",
        "Goedenavond, een uitbetaling naar een pas duurt bij ons een tot drie werkdagen.",
        "Beantwoordt dat uw vraag?",
    ),
    "ja": (
        "順番待ちは2番目です。",
        "こんにちは。バーチャルアシスタントです。対応できる者を探しております。",
        "こんばんは。カードへの出金は当店では一日から三営業日かかります。",
        "ご質問の答えになりましたでしょうか。",
    ),
    "cs": (
        "Jste číslo 2 ve frontě.",
        "Dobrý den, jsem virtuální asistent. Hledám někoho, kdo vám pomůže.",
        "Dobrý večer, výběr na kartu u nás trvá jeden až tři pracovní dny.",
        "Odpovídá to na vaši otázku?",
    ),
    "sv": (
        "Du är nummer 2 i kön.",
        "Hej, jag är den virtuella assistenten. Jag letar efter någon som kan hjälpa dig.",
        "God kväll, ett uttag till kort tar hos oss en till tre arbetsdagar.",
        "Svarar det på din fråga?",
    ),
    "el": (
        "Είστε ο αριθμός 2 στην ουρά.",
        "Γεια σας, είμαι ο εικονικός βοηθός. Ψάχνω κάποιον που μπορεί να σας βοηθήσει.",
        "Καλησπέρα, μια ανάληψη σε κάρτα διαρκεί σε εμάς μία έως τρεις εργάσιμες ημέρες.",
        "Απαντά αυτό στην ερώτησή σας;",
    ),
}
"""By language: a notice of the queue, a bot's words, a person's first and second."""
NAMES = {"bot": "Robo", "human": "Ines"}


@dataclass
class Visit:
    """One conversation."""

    page: str
    given: str
    """What the visitor wrote in the page's form."""
    language: str
    said: list[str] = field(default_factory=list)
    """The visitor's texts, as they came."""
    rows: list[dict[str, Any]] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    truth: list[dict[str, Any]] = field(default_factory=list)
    """What the page showed: {who, text, at}, epoch ms; `act` is the visitor's sending."""

    def add(self, who: str, text: str, *, over: bool = False) -> None:
        """A row for the page."""
        row = {
            "n": len(self.rows) + 1,
            "who": who,
            "name": NAMES.get(who, ""),
            "text": text,
            "time": "12:02",
            "over": over,
        }
        self.rows.append(row)
        self.news.set()
        self.news = asyncio.Event()

    async def answer(self) -> None:
        """A notice at once, a bot soon, a person later than any could be too quick, and once more."""
        queue, bot, first, second = SAID[self.language]
        for delay, who, text in (
            (0.3, "system", queue),
            (0.5, "bot", bot),
            (1.6, "human", first),
            (0.5, "human", second),
        ):
            await asyncio.sleep(delay)
            self.add(who, text, over=text == second)

    def frt_ms(self) -> float | None:
        """From the first act of sending to the first human row, by the page's own log."""
        asked = next((one["at"] for one in self.truth if one["who"] == "act"), None)
        first = next((one["at"] for one in self.truth if one["who"] == "human"), None)
        return first - asked if asked is not None and first is not None else None


class Desk:
    """The running server."""

    def __init__(self) -> None:
        self.visits: list[Visit] = []
        self.over: dict[str, asyncio.Event] = {}
        """By page: set once the whole script was shown there."""
        self.base = ""
        self._tasks: set[asyncio.Task[None]] = set()
        self._numbers = count()

    def of(self, page: str) -> list[Visit]:
        """The conversations at one page, oldest first."""
        return [visit for visit in self.visits if visit.page == page]

    def app(self) -> web.Application:
        """Its routes."""
        app = web.Application(middlewares=[_from_anywhere])
        app.router.add_get("/w/{file}", self._file)
        app.router.add_post("/open/{page}", self._open)
        app.router.add_post("/open/{page}/{given}", self._open)
        app.router.add_post("/say/{visit}", self._say)
        app.router.add_post("/truth/{visit}", self._truth)
        app.router.add_get("/desk/{visit}", self._poll)
        app.router.add_get("/desk/{visit}/sse", self._sse)
        app.router.add_get("/desk/{visit}/socket", self._socket)
        return app

    async def _file(self, request: web.Request) -> web.StreamResponse:
        path = WIDGETS / request.match_info["file"]
        if not path.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(path)

    async def _open(self, request: web.Request) -> web.Response:
        page = request.match_info["page"]
        source = (WIDGETS / f"{page}.html").read_text(encoding="utf-8")
        language = source.partition('lang="')[2][:2]
        self.visits.append(Visit(page, request.match_info.get("given", ""), language))
        return web.json_response(str(len(self.visits) - 1))

    def _visit(self, request: web.Request) -> Visit:
        return self.visits[int(request.match_info["visit"])]

    async def _say(self, request: web.Request) -> web.Response:
        visit = self._visit(request)
        visit.said.append(json.loads(await request.text())["text"])
        if len(visit.said) == 1:
            task = asyncio.create_task(visit.answer())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return web.json_response({})

    async def _truth(self, request: web.Request) -> web.Response:
        visit = self._visit(request)
        visit.truth = json.loads(await request.text())
        self.over.setdefault(visit.page, asyncio.Event()).set()
        return web.json_response({})

    async def _poll(self, request: web.Request) -> web.Response:
        return web.json_response(self._visit(request).rows[int(request.query.get("after", "0")) :])

    async def _sse(self, request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await answer.prepare(request)
        with suppress(ConnectionError):
            async for row in self._news(self._visit(request)):
                await answer.write(f"data: {json.dumps(row)}\n\n".encode())
        return answer

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        sending = asyncio.create_task(self._send_all(socket, self._visit(request)))
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
        sending.cancel()
        return socket

    async def _send_all(self, socket: web.WebSocketResponse, visit: Visit) -> None:
        async for row in self._news(visit):
            await socket.send_json(row)

    async def _news(self, visit: Visit) -> AsyncIterator[dict[str, Any]]:
        at = 0
        while True:
            news = visit.news
            while at < len(visit.rows):
                at += 1
                yield visit.rows[at - 1]
            with suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), 1.0)


@web.middleware
async def _from_anywhere(request: web.Request, handler: Any) -> web.StreamResponse:
    """Frames of another origin may ask."""
    answer: web.StreamResponse = await handler(request)
    if not answer.prepared:
        answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


@asynccontextmanager
async def running() -> AsyncIterator[Desk]:
    """The desk, on loopback, for the length of a block."""
    desk = Desk()
    runner = web.AppRunner(desk.app(), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    desk.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield desk
    await runner.cleanup()
