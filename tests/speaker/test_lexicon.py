"""The words: what automatic texts are about, in many languages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatprobe.speaker.kinds import VETOES, Kind
from chatprobe.speaker.lexicon import kind_of, sections
from chatprobe.speaker.textform import fold, letters_of, words_of

AUTOMATIC = [
    ("en", Kind.QUEUE, "There are 4 customers ahead of you, please hold the line"),
    ("en", Kind.TYPING, "Marta is typing…"),
    ("en", Kind.OFFLINE, "We're offline right now, please leave us a message"),
    ("en", Kind.CLOSED, "This chat has ended."),
    ("en", Kind.JOINED, "Petra has joined the conversation"),
    ("en", Kind.DISCLOSURE, "Hi, I'm Luna, your virtual assistant!"),
    ("en", Kind.FALLBACK, "Sorry, I didn't quite get that. Could you rephrase?"),
    ("en", Kind.HANDOVER, "Would you like to speak to a human agent?"),
    ("en", Kind.MENU, "Please choose one of the options below:"),
    ("en", Kind.ACKNOWLEDGEMENT, "We have received your message and will reply as soon as possible."),
    ("de", Kind.QUEUE, "Sie sind auf Position 5 in der Warteschlange"),
    ("de", Kind.TYPING, "Jonas schreibt gerade …"),
    ("de", Kind.OFFLINE, "Derzeit ist leider kein Berater online"),
    ("de", Kind.FALLBACK, "Das habe ich leider nicht verstanden"),
    ("fr", Kind.QUEUE, "Vous êtes en position 4"),
    ("fr", Kind.TYPING, "Camille est en train d'écrire"),
    ("fr", Kind.CLOSED, "La conversation est terminée"),
    ("fr", Kind.HANDOVER, "Souhaitez-vous parler à un conseiller ?"),
    ("es", Kind.QUEUE, "Usted es el número 3 en la cola"),
    ("es", Kind.DISCLOSURE, "Soy Lola, tu asistente virtual"),
    ("it", Kind.OFFLINE, "Al momento nessun operatore è disponibile"),
    ("it", Kind.FALLBACK, "Scusa, non ho capito la tua domanda"),
    ("pt", Kind.JOINED, "Marcelo entrou no chat"),
    ("pt", Kind.MENU, "Escolha uma das opções abaixo"),
    ("nl", Kind.CLOSED, "Het gesprek is beëindigd"),
    ("sv", Kind.QUEUE, "Du har plats 7 i kön"),
    ("da", Kind.TYPING, "Mette skriver …"),
    ("no", Kind.OFFLINE, "Chatten er dessverre stengt"),
    ("fi", Kind.QUEUE, "Olet jonossa sijalla 3"),
    ("pl", Kind.CLOSED, "Rozmowa została zakończona"),
    ("cs", Kind.OFFLINE, "Momentálně jsme offline"),
    ("sk", Kind.JOINED, "Zuzana sa pripojila k rozhovoru"),
    ("hu", Kind.FALLBACK, "Sajnálom, nem értem a kérdést"),
    ("ro", Kind.OFFLINE, "Momentan suntem offline"),
    ("bg", Kind.QUEUE, "Вие сте номер 2 на опашката"),
    ("el", Kind.CLOSED, "Η συνομιλία έχει τερματιστεί"),
    ("tr", Kind.TYPING, "Ayşe yazıyor..."),
    ("ru", Kind.TYPING, "Ольга печатает"),
    ("ru", Kind.HANDOVER, "Перевожу вас на оператора"),
    ("uk", Kind.QUEUE, "Ви другий у черзі"),
    ("hr", Kind.JOINED, "Ivana se pridružila razgovoru"),
    ("sr", Kind.OFFLINE, "Тренутно нисмо доступни"),
    ("sl", Kind.CLOSED, "Klepet je bil zaključen"),
    ("et", Kind.QUEUE, "Olete järjekorras kolmas"),
    ("lv", Kind.CLOSED, "Saruna ir beigusies"),
    ("lt", Kind.OFFLINE, "Šiuo metu esame neprisijungę"),
    ("ca", Kind.TYPING, "En Jordi està escrivint"),
    ("ja", Kind.QUEUE, "現在の待ち時間は約5分です"),
    ("ja", Kind.DISCLOSURE, "こちらは自動応答です"),
    ("ko", Kind.QUEUE, "대기 순번은 3번입니다"),
    ("ko", Kind.JOINED, "김민수님이 채팅에 참여했습니다"),
    ("zh", Kind.QUEUE, "您前面还有3人在排队"),
    ("zh", Kind.TYPING, "对方正在输入…"),
    ("ar", Kind.CLOSED, "تم إنهاء المحادثة"),
    ("he", Kind.TYPING, "דנה מקלידה..."),
    ("hi", Kind.TYPING, "राहुल टाइप कर रहा है"),
    ("id", Kind.QUEUE, "Anda berada di antrean nomor 4"),
    ("vi", Kind.FALLBACK, "Xin lỗi, tôi không hiểu câu hỏi của bạn"),
    ("th", Kind.OFFLINE, "ขณะนี้อยู่นอกเวลาทำการ"),
    ("en", Kind.TYPING, "Anna K. is typing…"),
    ("en", Kind.JOINED, "Anna K. joined"),
    ("en", Kind.NOTICE, "Conversation started on 12 May"),
    ("en", Kind.LEFT, "You disconnected from the live agent."),
    ("en", Kind.DISCLOSURE, "AI answers may contain mistakes"),
    ("en", Kind.BUSY, "It is taking longer than usual to find somebody"),
    ("en", Kind.QUEUE, "Approximate time until your turn: 4 minutes"),
    ("en", Kind.CONNECTING, "Looking for the next available advisor"),
    ("en", Kind.INACTIVITY, "We have not received a reply from you yet and will end this chat"),
    ("en", Kind.OFFLINE, "The help desk is now closed"),
    ("ar", Kind.CONNECTING, "جارٍ البحث عن موظف متاح"),
    ("en", Kind.HANDOVER, "I am passing you on to an operator."),
    ("de", Kind.QUEUE, "Sie sind an 4. Stelle in der Warteschlange"),
    ("de", Kind.QUEUE, "Wartezeit ca. 10 Minuten, alle Berater sind belegt"),
    ("fr", Kind.NOTICE, "Le fichier dépasse la limite autorisée"),
    ("es", Kind.TRANSFERRED, "El departamento ha cambiado"),
    ("it", Kind.SURVEY, "Abbiamo risposto bene alla sua domanda?"),
    ("pt", Kind.OFFLINE, "Estaremos de volta amanhã às 9h"),
    ("pt", Kind.OFFLINE, "Não temos ninguém disponível agora"),
    ("pt", Kind.TRANSFERRED, "Um momento enquanto conectamos você à equipe"),
    ("da", Kind.TRANSFERRED, "Chatten er sendt videre til et andet team"),
    ("no", Kind.SURVEY, "Vurderingen din er mottatt"),
    ("hu", Kind.OFFLINE, "Jelenleg nincs elérhető munkatársunk"),
    ("tr", Kind.OFFLINE, "Şu anda hiçbir temsilci yok"),
    ("fi", Kind.NOTICE, "Viestin lähetys epäonnistui"),
    ("tr", Kind.MENU, "Aşağıdaki konulardan birini seçin"),
    ("ru", Kind.HANDOVER, "Соединить вас с оператором?"),
    ("ko", Kind.NOTICE, "파일이 너무 큽니다"),
    ("zh", Kind.HANDOVER, "您想联系真人客服吗"),
    ("fa", Kind.CLOSED, "گفتگو پایان یافت"),
    ("ms", Kind.OFFLINE, "Tiada ejen yang tersedia sekarang"),
    ("gl", Kind.TYPING, "Uxía está a escribir"),
    ("eu", Kind.FALLBACK, "Barkatu, ez dut ulertu"),
    ("is", Kind.DISCLOSURE, "Ég er spjallmenni"),
    ("mk", Kind.BUSY, "Сите оператори се зафатени"),
    ("sq", Kind.JOINED, "Arta u bashkua"),
    ("af", Kind.CLOSED, "Die gesprek is beëindig"),
    ("az", Kind.QUEUE, "Siz növbədə 3-cü yerdəsiniz"),
    ("be", Kind.MENU, "Калі ласка, абярыце тэму"),
    ("ka", Kind.TYPING, "ნინო წერს"),
    ("tl", Kind.OFFLINE, "Mangyaring mag-iwan ng mensahe"),
]
BY_PEOPLE = [
    "Sure, let me check that for you, one moment please.",
    "Yes, we accept Visa and Mastercard.",
    "Please allow me a minute while I look into this.",
    "Thank you for contacting us, my name is Lisa. How can I help?",
    "Unfortunately this bonus is not available for players from your country.",
    "Thanks for your patience, I've checked and your withdrawal is approved",
    "You need to accept the terms and conditions first",
    "I don't know exactly, but I will ask my colleague",
    "Are you still there?",
    "The game is currently unavailable",
    "Einen Moment bitte, ich schaue nach.",
    "Vielen Dank für Ihre Geduld, ich habe das geprüft.",
    "Ich leite das an unsere Finanzabteilung weiter.",
    "Das Spiel ist derzeit nicht verfügbar.",
    "Ihr Konto wurde 2021 geschlossen.",
    "Un instant s'il vous plaît, je vérifie.",
    "Malheureusement ce bonus n'est pas disponible dans votre pays.",
    "Merci de m'avoir contacté, je suis Paul. Comment puis-je vous aider ?",
    "Nous sommes disponibles 24h/24 et 7j/7.",
    "Aguarde um momento, por favor.",
    "Obrigado por aguardar. Seu saque foi aprovado.",
    "Entendi, vou encaminhar para o setor financeiro",
    "Los retiros tardan hasta 24 horas, ¿cuál es tu usuario?",
    "Controllo subito, un attimo",
    "Somebody is here day and night.",
    "You are number one for us!",
    "The transaction failed on the bank's side",
    "Sorry for the waiting time, I have an answer now",
    "What?",
    "Your session expired, please log in again",
    "Infelizmente não",
    "Ich bin gleich wieder da",
]
OF_THEIR_OWN = [
    # Of oneself, a machine's notice says nothing.
    "I'm transferring you to payments, they see more than I do.",
    "Ich schließe den Chat jetzt, falls nichts mehr offen ist.",
    "Je vous transfère au service des paiements, ils en savent plus.",
    "Vou encerrar a conversa agora, boa noite!",
    "My colleague from the other desk is currently unavailable",
    # Of games and payouts, the same is said as of a desk.
    "El juego no está disponible ahora mismo",
    "Ta gra jest obecnie niedostępna",
    "Spelet är tyvärr inte tillgängligt",
    "Игра сейчас недоступна",
    "このゲームは現在ご利用いただけません",
    "There are no tournaments available before Friday",
    "Leider ist Neteller bei uns nicht verfügbar",
    "Am Telefon sind wir nicht erreichbar, hier schon",
    "Ce moyen de paiement n'est pas disponible chez vous",
    "Não temos esse método disponível, só Pix",
    "Al momento non ci sono giri disponibili",
    "Er zijn nu geen toernooien beschikbaar",
    "Ten sposób nie działa, metoda jest obecnie niedostępna",
    "Sajnos erre nincs lehetőség",
    "Maalesef öyle bir imkan yok",
    "Сейчас нет доступных турниров",
    "Uttaket ditt er sendt til banken",
    "Your withdrawal left our side this morning",
    "Tu retiro salió esta mañana",
    "Votre retrait est parti hier",
    # Where to click in the cashier is no menu.
    "Choose the option 'bank transfer', then try again",
    "Wählen Sie die Option Überweisung",
    "Cliquez sur le bouton Retrait",
    "Clique no botão Depositar",
    "Thank you for contacting us, I'm Jo.",
    "Vielen Dank für Ihre Nachricht",
    "Tack för ditt meddelande",
    "Your request went to our finance team",
    "There was an error on our side, sorry",
    "You can rate the game if you like",
]
ANNOUNCED = [
    "This chat will be closed in 3 minutes",
    "¿Sigue ahí? La conversación se cerrará pronto",
    "Cette conversation sera bientôt fermée",
    "Dieser Chat wird gleich beendet",
    "Se non risponde, chiuderemo la chat",
    "Chatten avslutas om 2 minuter",
    "Czat zostanie zamknięty za 2 minuty",
    "Чат будет закрыт через 2 минуты",
    "チャットはまもなく終了します",
    "سيتم إغلاق المحادثة قريباً",
]
TO_BOTS = [
    "Ich bin kein Mensch, sondern ein Bot",
    "Não sou humano, sou um robô",
    "No soy humano, soy un bot",
    "Я не людина, а бот",
    "Hej, jeg er en digital assistent, ikke et menneske",
    "Estás hablando con un bot",
    "Stai chattando con un bot",
    "Você está falando com um robô",
    "Este é um bot",
]
ASKED = ["¿Estoy hablando con un robot?", "Sto parlando con una persona?", "Estou falando com um robô?", "Sei un bot?"]
USUAL = [
    "We usually reply within two minutes",
    "Wir antworten meist in zwei Minuten",
    "Nous répondons en général en deux minutes",
    "We antwoorden meestal binnen twee minuten",
    "Solemos responder en dos minutos",
    "Обычно отвечаем за две минуты",
    "Average response time: 2 minutes",
    "Tempo médio de resposta: 3 minutos",
]


DENIED = [
    "No, I'm not a bot, I'm Anna",
    "You are talking to a real person :)",
    "Nein, ich bin kein Bot, ich heiße Jana",
    "Não sou um robô, sou a Ana",
    "私はボットではありません",
    "Sie sprechen mit einem echten Menschen",
    "Non, je ne suis pas un robot",
]


@pytest.mark.parametrize(("language", "kind", "text"), AUTOMATIC)
def test_automatic_texts_are_told_by_kind(language: str, kind: Kind, text: str) -> None:
    """An automatic text is of the kind its meaning says, whatever the language."""
    assert kind == kind_of(text)


@pytest.mark.parametrize("text", ["…", "...", " • • •", "●●●"])
def test_dots_alone_are_typing(text: str) -> None:
    """Nothing but dots is how many widgets show that somebody types."""
    assert Kind.TYPING == kind_of(text)


@pytest.mark.parametrize("text", BY_PEOPLE + OF_THEIR_OWN)
def test_sentences_of_people_are_left_alone(text: str) -> None:
    """What agents of flesh and blood write is of no kind that speaks against them."""
    assert kind_of(text) not in VETOES


@pytest.mark.parametrize("text", DENIED)
def test_who_denies_being_a_machine_is_not_told_to_be_one(text: str) -> None:
    """Whoever says that no machine writes is not taken for one by these very words."""
    assert kind_of(text) is None


@pytest.mark.parametrize("text", ANNOUNCED)
def test_an_end_that_is_announced_is_none_yet(text: str) -> None:
    """Who says when the chat will be closed has not closed it."""
    assert Kind.INACTIVITY == kind_of(text)


@pytest.mark.parametrize("text", ["I'm not a human, I'm a bot", *TO_BOTS])
def test_a_machine_that_is_no_human_is_a_machine(text: str) -> None:
    """A denial counts only where it is of being a machine, and who states that a bot speaks does not ask for one."""
    assert Kind.DISCLOSURE == kind_of(text)


@pytest.mark.parametrize("text", ASKED)
def test_who_asks_for_a_machine_is_none(text: str) -> None:
    """The question whether a machine speaks is a question, in languages that ask without turning words around too."""
    assert Kind.CHALLENGE == kind_of(text)


@pytest.mark.parametrize("text", USUAL)
def test_the_usual_time_to_reply_is_no_place_in_line(text: str) -> None:
    """How soon a desk answers as a rule is a notice, and puts nobody in line."""
    assert Kind.NOTICE == kind_of(text)


@pytest.mark.parametrize("text", [text for _, _, text in AUTOMATIC] + BY_PEOPLE)
def test_the_index_misses_nothing(text: str) -> None:
    """Looking phrases up by their anchors finds what trying them all would find."""
    words, letters = words_of(fold(text)), letters_of(fold(text))
    all_kinds = (
        kind
        for kind in Kind
        for item in sections().get(kind, ())
        if item.pattern.search(words if item.spaced else letters)
    )
    assert next(all_kinds, None) == kind_of(text)


@settings(deadline=None)  # other work may share the machine
@given(st.text())
def test_any_text_is_read(text: str) -> None:
    """No text, however odd, makes the lexicon fail, and case never matters."""
    assert kind_of(text) == kind_of(text + "\u200b")
