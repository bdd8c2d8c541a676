"""Scores over surveys made by hand: languages, decoys, forms and closed doors, without a browser."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from chatprobe.browser import words
from chatprobe.browser.banners import find_overlays
from chatprobe.browser.forms import Role, find_form, role_of
from chatprobe.browser.languages import language_named
from chatprobe.browser.locate import find_composer, rank_launchers, send_controls
from chatprobe.browser.persona import Visitor, plan_form, told_missing
from chatprobe.browser.signs import launcher_says_offline, wall
from chatprobe.browser.standing import State, look_at
from chatprobe.browser.survey import Box, Clickable, Document, Field, Panel, Survey
from chatprobe.model import Outcome

VIEW = Box(0, 0, 1280, 800)
CORNER = Box(1200, 720, 60, 60)
DOCUMENT = Document("d", 0, "https://lucky.example/", "Lucky", "Games", VIEW, embedded=False, afloat=False)
STANDS: dict[str, Any] = {
    "document": "d",
    "role": "",
    "visible": True,
    "dialog": "",
    "layer": False,
    "hushed": False,
    "landmark": "",
    "z": 10,
    "cover": "",
    "form": "",
    "name": "",
    "enabled": True,
}
BUTTON: dict[str, Any] = {"id": "c", "tag": "button", "box": CORNER, "anchor": "a", "hints": "button", "href": ""}
CLICKABLE = Clickable(**STANDS, **BUTTON, semantic=True, pointer=True, expanded="", popup="")
BOX: dict[str, Any] = {"id": "f", "tag": "textarea", "box": Box(900, 700, 280, 40), "anchor": "p", "hints": "textarea"}
SAYS: dict[str, Any] = {"kind": "textarea", "label": "", "placeholder": "", "autocomplete": "", "value": ""}
FIELD = Field(**STANDS, **BOX, **SAYS, required=False, checked=False, options=(), label_box=None)
BEFORE = Survey(documents={"d": DOCUMENT})


def seen(*things: Clickable | Field, text: str = "") -> Survey:
    """A survey of these things; `text` stands in the panel `p` that holds them."""
    document = replace(DOCUMENT, text=f"Games\n{text}", panels=(Panel("p", Box(880, 300, 320, 480), text),))
    return Survey(
        fields=tuple(one for one in things if isinstance(one, Field)),
        clickables=tuple(one for one in things if isinstance(one, Clickable)),
        documents={"d": document},
    )


def button(name: str, **changes: Any) -> Clickable:
    return replace(CLICKABLE, **{"id": name, "name": name, "anchor": "p", "box": Box(900, 745, 120, 30), **changes})


def asked(label: str, kind: str = "text", **changes: Any) -> Field:
    box = Box(900, 400, 280, 30)
    return replace(FIELD, **{"id": label, "label": label, "kind": kind, "tag": "input", "box": box, **changes})


@pytest.mark.parametrize(
    "name",
    [
        "Live chat",
        "Discutez avec nous",
        "Jetzt chatten",
        "Chat en vivo",
        "Chat dal vivo",
        "Bate-papo ao vivo",
        "Livechatt",
        "Keskustelu",
        "Czat na żywo",
        "Živá podpora",
        "Élő ügyfélszolgálat",
        "Чат на живо",
        "Онлайн-чат",
        "Ζωντανή συνομιλία",
        "CANLI DESTEK",
        "الدردشة المباشرة",
        "צ'אט",
        "लाइव चैट",
        "Hỗ trợ trực tuyến",
        "แชทสด",
        "チャットで質問",
        "실시간 상담",
        "在线客服",
        "Vestlus",
        "Klepetaj",
    ],
)
def test_launchers_are_known_by_name_in_many_languages(name: str) -> None:
    """A link in the page's flow is a candidate by nothing but its name, in the languages casinos write."""
    link = replace(CLICKABLE, name=name, anchor="", box=Box(300, 2400, 90, 20))
    assert [name] == [one.target.name for one in rank_launchers(seen(link))]


@pytest.mark.parametrize(
    "decoy",
    [
        {"name": "WhatsApp"},
        {"name": "Nach oben"},
        {"name": "回到顶部"},
        {"name": "", "hints": "div scrollToTop"},
        {"name": "", "hints": "a back-to-top__link"},
        {"name": "Paramètres des cookies"},
        {"name": "Accessibility menu"},
        {"name": "Support", "href": "tel:+3561234"},
        {"name": "Help", "href": "https://t.me/lucky"},
        {"name": "Support", "href": "https://help.desk.example/faq"},
        {"name": "Chat", "href": "https://wa.me/356"},
        {"name": "Deutsch", "hints": "div lang-switcher"},
        {"name": "Sign up"},
        {"name": "Chat", "visible": False},
        {"name": "Chat", "enabled": False},
    ],
)
def test_furniture_of_a_page_is_never_a_launcher(decoy: dict[str, Any]) -> None:
    """What floats in the corner for another purpose, leads away or cannot be clicked is no candidate at all."""
    assert [] == rank_launchers(seen(replace(CLICKABLE, **decoy)))


def test_a_nameless_bubble_beats_a_help_link_in_the_navigation() -> None:
    """Shape and place weigh more than a vague word."""
    bubble = replace(CLICKABLE, id="bubble", hints="div", semantic=False)
    link = replace(CLICKABLE, id="help", name="Help", anchor="", landmark="nav", box=Box(300, 20, 60, 20))
    assert ["bubble"] == [one.target.id for one in rank_launchers(seen(link, bubble))]


def test_one_place_on_the_page_is_one_candidate() -> None:
    """A launcher and the icon inside it are not tried one after the other."""
    inner = replace(CLICKABLE, id="icon", tag="img", box=Box(1215, 735, 30, 30))
    assert ["c"] == [one.target.id for one in rank_launchers(seen(replace(CLICKABLE, name="Chat"), inner))]


@pytest.mark.parametrize(
    "field",
    [
        {"visible": False},
        {"enabled": False},
        {"kind": "search", "placeholder": "Type to search"},
        {"kind": "text", "placeholder": "Rechercher un jeu"},
        {"kind": "text", "placeholder": "Promo code"},
        {"kind": "email", "placeholder": "Type your e-mail"},
        {"kind": "text", "label": "Your name"},
        {"box": Box(0, 0, 1, 1)},
    ],
)
def test_what_is_no_composer(field: dict[str, Any]) -> None:
    """Hidden, read-only, search, voucher and identity fields are not written into."""
    assert None is find_composer(seen(replace(FIELD, **field)), BEFORE)


def test_a_composer_without_any_word_is_found_when_it_is_new() -> None:
    """A bare contenteditable that appears after the click is the composer."""
    composer = replace(FIELD, kind="editable", tag="div")
    assert composer == find_composer(seen(composer), BEFORE)


INLINE = replace(FIELD, anchor="")
SEND = button("Send", anchor="")


@pytest.mark.parametrize(
    ("things", "found"),
    [
        ((INLINE, SEND), True),
        ((INLINE, replace(SEND, name="Senden")), True),
        ((INLINE,), False),
        ((INLINE, replace(SEND, name="Post your comment")), False),
        ((replace(INLINE, form="g"), replace(SEND, form="g")), False),
        ((INLINE, SEND, asked("Your name", anchor="")), False),
        ((INLINE, SEND, replace(CLICKABLE, name="Live chat")), False),
        ((replace(INLINE, kind="text"), SEND), False),
    ],
)
def test_a_bare_box_in_the_page_is_a_composer_only_beside_send(things: tuple[Any, ...], *, found: bool) -> None:
    """A large box without a word is one beside "Send"; not in a form, beside a name field, nor where a launcher is."""
    assert (INLINE if found else None) == find_composer(seen(*things))


def test_the_real_composer_is_preferred_to_its_twin() -> None:
    """Of two boxes, the one hidden from screen readers is the mirror."""
    twin = replace(FIELD, id="twin", hushed=True)
    assert FIELD == find_composer(seen(twin, FIELD), BEFORE)


def test_emoji_attachment_and_launcher_do_not_send() -> None:
    """Of all that stands beside the composer only what may send is offered, best first."""
    beside = [
        button("Emoji picker", box=Box(1185, 705, 24, 24)),
        button("", id="icon", hints="button icon-paper-plane", box=Box(1185, 735, 24, 24)),
        button("Live chat", hints="button launcher", box=Box(1100, 745, 100, 40)),
        button("Enviar", box=Box(1110, 705, 60, 24)),
    ]
    assert ["Enviar", "icon"] == [one.id for one in send_controls(seen(FIELD, *beside), FIELD)]


@pytest.mark.parametrize(
    ("label", "kind", "role"),
    [
        ("Prénom", "text", Role.NAME),
        ("Ваше имя", "text", Role.NAME),
        ("お名前", "text", Role.NAME),
        ("Adresse e-mail", "text", Role.EMAIL),
        ("邮箱", "text", Role.EMAIL),
        ("", "email", Role.EMAIL),
        ("Telefonnummer", "text", Role.PHONE),
        ("Come possiamo aiutarti?", "text", Role.QUESTION),
        ("", "textarea", Role.QUESTION),
        ("Betreff", "text", Role.SUBJECT),
        ("Département", "select", Role.DEPARTMENT),
        ("J'accepte les conditions", "checkbox", Role.CONSENT),
        ("Subscribe to our newsletter, I agree", "checkbox", Role.OTHER),
        ("Promocode", "text", Role.OTHER),
    ],
)
def test_fields_are_known_by_type_and_label(label: str, kind: str, role: Role) -> None:
    """A field's role comes from its type, else from its words in any of the languages."""
    assert role is role_of(asked(label, kind))


@pytest.mark.parametrize(
    ("text", "submit", "offline"),
    [
        ("Please introduce yourself", "Start chat", False),
        ("We are online! Fill in the form to start chatting.", "Send", False),
        ("Bitte geben Sie Ihre Daten ein", "Chat starten", False),
        ("Introduce tus datos", "Iniciar chat", False),
        ("Please fill in the form below", "Submit", False),
        ("We're offline. Leave a message", "Send", True),
        ("Our agents are away, leave us a message and we'll get back to you", "Submit", True),
        ("Laissez-nous un message", "Envoyer", True),
        ("Hinterlassen Sie uns eine Nachricht", "Absenden", True),
        ("Сейчас нет операторов. Оставьте сообщение", "Отправить", True),
        ("ただいま不在です。メッセージを残してください", "送信", True),
        ("Deje un mensaje", "Enviar mensaje", True),
    ],
)
def test_a_form_before_a_chat_is_told_from_one_that_leaves_a_message(text: str, submit: str, *, offline: bool) -> None:
    """The same fields start a chat or leave a message: the words around them and on the button decide."""
    form = find_form(seen(asked("Name"), asked("E-mail"), FIELD, button(submit), text=text), BEFORE)
    assert form is not None
    assert (submit, offline) == (form.submit.name if form.submit else None, form.offline)


def test_a_sign_in_is_no_form_before_a_chat() -> None:
    """Where a password is asked, nothing is filled in, and the wall has a name."""
    now = seen(asked("E-mail"), asked("Password", "password"), button("Log in"), text="Log in to chat")
    standing = look_at(now, BEFORE)
    assert standing is not None
    assert (State.WALL, Outcome.LOGIN_WALL) == (standing.state, standing.wall)


def test_a_lone_question_with_a_start_button_is_a_form() -> None:
    """One box and "Start chat" is a form whose submit asks; one box and "Send" is the composer."""
    states = [look_at(seen(FIELD, button(name)), BEFORE) for name in ("Start chat", "Send")]
    assert [State.FORM, State.COMPOSER] == [one.state for one in states if one]


def test_a_start_button_above_the_box_is_not_what_submits_it() -> None:
    """A choice under a bot's message, however near the box, makes no form of it."""
    choice = button("Talk to an agent", box=replace(FIELD.box, y=FIELD.box.y - 34, height=30))
    standing = look_at(seen(FIELD, choice), BEFORE)
    assert standing is not None
    assert State.COMPOSER is standing.state


def test_only_what_is_required_is_filled_in() -> None:
    """Optional phones and newsletters stay empty; name and address are always given, open choices are made."""
    options = (("", "Please choose", False), ("a", "Accounts", False))
    survey = seen(
        asked("Name"),
        asked("E-mail *"),
        asked("Phone"),
        asked("Player number", required=True),
        asked("Department", "select", options=options),
        asked("Newsletter", "checkbox"),
        asked("I agree to the terms", "checkbox", required=True),
        button("Start chat"),
    )
    form = find_form(survey, BEFORE)
    assert form is not None
    plan = plan_form(form, Visitor("Anna", "a@mail.example", "+356 1"), None)
    wanted = [("Name", "Anna"), ("E-mail *", "a@mail.example")]
    wanted += [("Department", "Accounts"), ("I agree to the terms", "")]
    assert wanted == [(entry.ask.field.id, entry.text) for entry in plan.entries]
    assert "the form requires what nobody declared: 'Player number' (write it in chat.form)" == told_missing(
        plan.missing
    )


def test_a_form_that_stands_again_is_filled_in_wholly() -> None:
    """Consents that only a script requires are ticked on the second try; offers by mail and unknown phones never."""
    things = (asked("Name"), asked("Phone"), asked("I accept the terms", "checkbox"), asked("Newsletter", "checkbox"))
    form = find_form(seen(*things, button("Start chat")), BEFORE)
    assert form is not None
    plan = plan_form(form, Visitor("Anna", "a@mail.example"), None, everything=True)
    assert ["Name", "I accept the terms"] == [entry.ask.field.id for entry in plan.entries]


def test_nothing_is_invented() -> None:
    """A visitor who declared nothing leaves blank what he may, and what he must fill in is named with its place."""
    things = (asked("Votre nom *"), asked("E-mail", "email", required=True), asked("Téléphone", "tel"))
    form = find_form(seen(*things, button("Démarrer le chat")), BEFORE)
    assert form is not None
    plan = plan_form(form, Visitor(), "Bonjour")
    said = "the form requires what nobody declared: 'Votre nom *' (visitor.name), 'E-mail' (visitor.email)"
    assert ((), said) == (plan.entries, told_missing(plan.missing))


def test_parts_of_a_name_are_parts_of_the_declared_one() -> None:
    """First and last name are told apart; where only one was declared, the other is missing."""
    form = find_form(seen(asked("First name *"), asked("Last name *"), button("Start chat")), BEFORE)
    assert form is not None
    whole, first = (plan_form(form, Visitor(name), None) for name in ("Anna Maria Berg", "Anna"))
    assert ["Anna", "Maria Berg"] == [entry.text for entry in whole.entries]
    assert (["Anna"], ["Last name *"]) == ([e.text for e in first.entries], [one.called for one in first.missing])


@pytest.mark.parametrize(
    ("label", "options", "visitor", "chosen"),
    [
        ("Abteilung", ["Bitte wählen", "VIP", "Kundenservice"], Visitor(), "Kundenservice"),
        (
            "Department",
            ["Sales", "Payments and cashier", "Support"],
            Visitor(department="payments"),
            "Payments and cashier",
        ),
        ("Department", ["Sales", "Casino"], Visitor(), "Sales"),
        ("Language", ["English", "Deutsch", "Français"], Visitor(language="fr"), "Français"),
        ("", ["Select", "English (EN)", "German (DE)"], Visitor(language="de-AT"), "German (DE)"),
    ],
)
def test_departments_and_languages_are_chosen(label: str, options: list[str], visitor: Visitor, chosen: str) -> None:
    """The language asked in, the department declared or else general support, the first where nothing fits."""
    choice = asked(label, "select", options=tuple((str(at), text, False) for at, text in enumerate(options)))
    choice = replace(choice, value="0" if label == "Language" else "")
    form = find_form(seen(asked("Name"), choice, button("Start chat")), BEFORE)
    assert form is not None
    assert [chosen] == [entry.text for entry in plan_form(form, visitor, None).entries]


@pytest.mark.parametrize(
    ("option", "code"), [("Deutsch", "de"), ("EN", "en"), ("French (fr)", "fr"), ("中文", "zh"), ("Payments", None)]
)
def test_a_picker_names_languages_in_many_ways(option: str, code: str | None) -> None:
    """By code, in English, in the language itself."""
    assert code == language_named(option)


@pytest.mark.parametrize(
    ("text", "names", "clicked"),
    [
        ("We use cookies", ["Accept all"], "Accept all"),
        ("We use cookies", ["Settings", "Accept all"], "Settings"),
        ("We use cookies, 18+", ["Accept all", "Continue without accepting"], "Continue without accepting"),
        ("Wir nutzen Cookies", ["Ablehnen", "Alle akzeptieren"], "Ablehnen"),
        ("Vos données et votre vie privée", ["Tout accepter", "Paramétrer", "Tout refuser"], "Tout refuser"),
        ("Usamos cookies", ["Aceptar todas", "Rechazar todas"], "Rechazar todas"),
        ("Questo sito usa i cookie", ["Accetta tutti", "Solo necessari"], "Solo necessari"),
        ("Este site usa cookies", ["Aceitar", "Rejeitar"], "Rejeitar"),
        ("Wij gebruiken cookies", ["Alles accepteren", "Alleen noodzakelijke cookies"], "Alleen noodzakelijke cookies"),
        ("Vi använder cookies", ["Godkänn alla", "Endast nödvändiga"], "Endast nödvändiga"),
        ("Vi bruker cookies", ["Godta alle", "Avvis alle"], "Avvis alle"),
        ("Käytämme evästeitä", ["Hyväksy kaikki", "Vain välttämättömät"], "Vain välttämättömät"),
        ("Używamy plików cookie", ["Akceptuj wszystkie", "Odrzuć wszystkie"], "Odrzuć wszystkie"),
        ("Používáme cookies", ["Přijmout vše", "Odmítnout vše"], "Odmítnout vše"),
        ("Sütiket használunk", ["Elfogadom", "Elutasítom"], "Elutasítom"),
        ("Folosim cookie-uri", ["Accept toate", "Respinge tot"], "Respinge tot"),
        ("Мы используем файлы cookie", ["Принять все", "Отклонить все"], "Отклонить все"),
        ("Çerezleri kullanıyoruz", ["Tümünü kabul et", "Tümünü reddet"], "Tümünü reddet"),
        ("Χρησιμοποιούμε cookies", ["Αποδοχή όλων", "Απόρριψη όλων"], "Απόρριψη όλων"),
        ("Cookieを使用しています", ["すべて同意", "すべて拒否"], "すべて拒否"),
        ("我们使用 cookie", ["全部接受", "全部拒绝"], "全部拒绝"),
        ("نستخدم ملفات تعريف الارتباط", ["قبول الكل", "رفض الكل"], "رفض الكل"),
        ("Are you over 18?", ["No", "Yes, I am over 18"], "Yes, I am over 18"),
        ("Avez-vous plus de 18 ans ?", ["Non", "J'ai plus de 18 ans"], "J'ai plus de 18 ans"),
        ("18+ only", ["Sign up", "Enter"], "Enter"),
        ("18歳以上ですか", ["いいえ", "18歳以上です"], "18歳以上です"),
        ("Are you over 18? We use cookies", ["No", "Yes, I am over 18"], "Yes, I am over 18"),
        ("Welcome bonus 100 %", ["Claim", "OK"], None),
        ("Welcome bonus 100 %", ["Claim", "No thanks"], "No thanks"),
        ("Join now, 18+", ["Register"], None),
    ],
)
def test_banners_and_gates_are_passed_and_offers_left_alone(text: str, names: list[str], clicked: str | None) -> None:
    """Consent is refused where that is possible, an age gate is passed; nothing signs up or claims a bonus."""
    found = find_overlays(seen(*(button(name, layer=True) for name in names), text=text))
    assert clicked == (found[0].name if found else None)


@pytest.mark.parametrize(
    ("text", "names", "passes"),
    [
        ("Are you 18 or older?", ["No, I am not over 18", "Yes, I am 18 or older"], "Yes, I am 18 or older"),
        ("¿Eres mayor de edad?", ["No, soy menor de 18 años", "Sí, tengo 18 años o más"], "Sí, tengo 18 años o más"),
        ("Êtes-vous majeur ?", ["J'ai moins de 18 ans", "J'ai 18 ans ou plus"], "J'ai 18 ans ou plus"),
        ("Bist du 18 Jahre alt?", ["Ich bin unter 18", "Verlassen"], None),
    ],
)
def test_no_age_gate_is_left_by_the_wrong_door(text: str, names: list[str], passes: str | None) -> None:
    """Who is too young, or leaves, is not who passes, though the number is the same."""
    found = find_overlays(seen(*(button(name, layer=True) for name in names), text=text))
    assert passes == (found[0].name if found else None)


def test_a_banner_in_a_frame_over_the_whole_view_is_one() -> None:
    """What stands in such a frame stands over the page; what stands in a frame of the page's flow does not."""
    banner = replace(DOCUMENT, text="We use cookies", embedded=True)
    survey = Survey(clickables=(button("Reject all", anchor=""),), documents={"d": banner})
    assert [] == find_overlays(survey)
    assert ["Reject all"] == [
        one.name for one in find_overlays(replace(survey, documents={"d": replace(banner, layered=True)}))
    ]


@pytest.mark.parametrize(
    ("hints", "name", "offline"),
    [
        ("a chat-button is-offline", "Live chat", "offline"),
        ("img /i/chat_offline.png", "", "offline"),
        ("button chat", "We are away", "we are away"),
        ("div chat-closed", "Chat", ""),
        ("div livechat-online", "Chat", ""),
    ],
)
def test_a_launcher_may_say_that_nobody_is_there(hints: str, name: str, offline: str) -> None:
    """Class, picture and name are read; a window that is closed says nothing about people."""
    assert offline == launcher_says_offline(replace(CLICKABLE, hints=hints, name=name))


@pytest.mark.parametrize(
    ("text", "status", "outcome"),
    [
        ("Unsere Seite ist in Ihrem Land nicht verfügbar", 200, Outcome.GEO_BLOCKED),
        ("Сайт недоступен в вашей стране", 403, Outcome.GEO_BLOCKED),
        ("Checking your browser before accessing", 503, Outcome.CAPTCHA),
        ("我不是机器人", 200, Outcome.CAPTCHA),
        ("Доступ запрещён", 200, Outcome.BLOCKED),
        ("", 403, Outcome.BLOCKED),
        ("", 429, Outcome.BLOCKED),
        ("Play slots and roulette", 200, None),
        ("Terms: not accept players from some places. " + "Slots and roulette. " * 100, 200, None),
    ],
)
def test_what_bars_the_way_is_named(text: str, status: int, outcome: Outcome | None) -> None:
    """Geography, puzzles and blocks are told apart; a long page that mentions one of them is not barred."""
    page = replace(DOCUMENT, text=text)
    assert outcome == wall(Survey(documents={"d": page}), status)


def test_words_do_not_care_for_case_accents_and_apostrophes() -> None:
    """Phrases match whole words however they are typed."""
    asks = words.Words("d'accord, élő chat, lang*, 客服")
    said = ["D’ACCORD !", "ELO CHAT", "languages", "联系客服", "Dutch", "slang"]
    assert ["d'accord", "elo chat", "languages", "客服", "", ""] == [asks.found_in(one) for one in said]
