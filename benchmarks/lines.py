"""What bots, widgets and people say in the drawn chats, by language and purpose. Written for this benchmark."""

from __future__ import annotations

from typing import NamedTuple


class Lines(NamedTuple):
    """One language's texts."""

    question: str
    greeting: tuple[str, ...]
    """By a bot, before the question."""
    acknowledgement: tuple[str, ...]
    """By a bot, after it."""
    disclosure: str
    """A bot that says it is one."""
    menu: str
    """A bot's, above buttons."""
    topics: tuple[str, ...]
    person: str
    """The button that leads to a person."""
    calling: str
    """A bot sends for a person."""
    chatter: tuple[str, ...]
    """By bots, in words that may be anybody's."""
    human: tuple[str, ...]
    """A person's first words."""
    more: tuple[str, ...]
    """A person's next words."""
    survey: str
    inactive: str
    connecting: str
    consent: str
    toast: tuple[str, ...]


LINES = {
    "en": Lines(
        "How long does a withdrawal take?",
        ("Welcome! How can we help you today?", "Hello and welcome to our live chat."),
        ("Thank you, we have received your message.", "Thanks for writing. An agent will be with you shortly."),
        "I am a virtual assistant. Payouts usually take a day.",
        "Please choose a topic:",
        ("Payments", "Bonuses"),
        "Talk to an agent",
        "I am transferring you to an agent.",
        ("Did you know that we are open day and night?", "Withdrawals are usually paid within one day."),
        ("One moment please, I will have a look.", "Hello! It takes 24 hours at most.", "hi, which card was it?"),
        ("Cards can take a day longer.", "Is there anything else I can do for you?"),
        "Please rate this conversation.",
        "Are you still there? This chat will be closed soon.",
        "Connecting you to an agent…",
        "This conversation may be recorded to improve our service.",
        ("We usually reply within two minutes", "New: the slot of the week is here!"),
    ),
    "de": Lines(
        "Wie lange dauert eine Auszahlung?",
        ("Willkommen! Wie können wir Ihnen helfen?", "Hallo und herzlich willkommen im Live-Chat."),
        ("Vielen Dank, wir haben Ihre Nachricht erhalten.", "Danke! Ein Mitarbeiter ist gleich für Sie da."),
        "Ich bin ein virtueller Assistent. Auszahlungen dauern meist einen Tag.",
        "Bitte wählen Sie ein Thema:",
        ("Zahlungen", "Boni"),
        "Mit einem Mitarbeiter sprechen",
        "Ich verbinde Sie mit einem Mitarbeiter.",
        ("Wussten Sie, dass wir Tag und Nacht geöffnet haben?", "Auszahlungen kommen meist am selben Tag an."),
        ("Einen Moment bitte, ich schaue nach.", "Guten Tag, höchstens 24 Stunden.", "hallo, mit welcher Karte denn?"),
        ("Am Wochenende auch mal zwei Tage.", "Kann ich sonst noch etwas für Sie tun?"),
        "Bitte bewerten Sie dieses Gespräch.",
        "Sind Sie noch da? Der Chat wird bald geschlossen.",
        "Sie werden mit einem Mitarbeiter verbunden…",
        "Dieses Gespräch kann zur Verbesserung unseres Dienstes aufgezeichnet werden.",
        ("Wir antworten meist in zwei Minuten", "Neu: der Automat der Woche ist da!"),
    ),
    "fr": Lines(
        "Combien de temps prend un retrait ?",
        ("Bienvenue ! Comment pouvons-nous vous aider ?", "Bonjour et bienvenue sur notre chat."),
        ("Merci, nous avons bien reçu votre message.", "Merci ! Un conseiller va vous répondre dans un instant."),
        "Je suis un assistant virtuel. Un retrait prend en général un jour.",
        "Choisissez un sujet :",
        ("Paiements", "Bonus"),
        "Parler à un conseiller",
        "Je vous mets en relation avec un conseiller.",
        ("Saviez-vous que nous sommes ouverts jour et nuit ?", "Les retraits arrivent souvent le jour même."),
        ("Un instant, je regarde.", "Bonjour, 24 heures au plus.", "bonjour, avec quelle carte svp ?"),
        ("Le week-end, parfois deux jours.", "Puis-je faire autre chose pour vous ?"),
        "Merci d'évaluer cette conversation.",
        "Êtes-vous toujours là ? La conversation sera bientôt fermée.",
        "Mise en relation avec un conseiller…",
        "Cette conversation peut être enregistrée afin d'améliorer notre service.",
        ("Nous répondons en général en deux minutes", "Nouveau : la machine de la semaine est là !"),
    ),
    "es": Lines(
        "¿Cuánto tarda un retiro?",
        ("¡Bienvenido! ¿En qué podemos ayudarle?", "Hola y bienvenido a nuestro chat."),
        ("Gracias, hemos recibido su mensaje.", "¡Gracias! Un agente le atenderá en breve."),
        "Soy un asistente virtual. Un retiro suele tardar un día.",
        "Elija un tema, por favor:",
        ("Pagos", "Bonos"),
        "Hablar con un agente",
        "Le paso con un agente.",
        ("¿Sabía que abrimos día y noche?", "Los retiros suelen llegar el mismo día."),
        ("Un momento, lo miro.", "Hola, veinticuatro horas como mucho.", "buenas, ¿con qué tarjeta fue?"),
        ("El fin de semana a veces dos días.", "¿Puedo ayudarle en algo más?"),
        "Por favor, valore esta conversación.",
        "¿Sigue ahí? El chat se cerrará pronto.",
        "Conectando con un agente…",
        "Esta conversación puede ser grabada para mejorar el servicio.",
        ("Solemos responder en dos minutos", "¡Novedad: ya está aquí la máquina de la semana!"),
    ),
    "it": Lines(
        "Quanto tempo richiede un prelievo?",
        ("Benvenuto! Come possiamo aiutarti?", "Ciao e benvenuto nella nostra chat."),
        ("Grazie, abbiamo ricevuto il tuo messaggio.", "Grazie! Un operatore ti risponderà a breve."),
        "Sono un assistente virtuale. Un prelievo richiede di solito un giorno.",
        "Scegli un argomento:",
        ("Pagamenti", "Bonus"),
        "Parla con un operatore",
        "Ti metto in contatto con un operatore.",
        ("Lo sapevi che siamo aperti giorno e notte?", "I prelievi arrivano spesso in giornata."),
        ("Un attimo, controllo.", "Buongiorno, al massimo 24 ore.", "ciao, con quale carta?"),
        ("Nel fine settimana a volte due giorni.", "Posso fare altro per te?"),
        "Valuta questa conversazione.",
        "Sei ancora lì? La chat verrà chiusa a breve.",
        "Ti stiamo collegando a un operatore…",
        "Questa conversazione può essere registrata per migliorare il servizio.",
        ("Di solito rispondiamo in due minuti", "Novità: è arrivata la slot della settimana!"),
    ),
    "pt": Lines(
        "Quanto tempo demora um levantamento?",
        ("Bem-vindo! Como podemos ajudar?", "Olá e bem-vindo ao nosso chat."),
        ("Obrigado, recebemos a sua mensagem.", "Obrigado! Um agente vai atendê-lo em breve."),
        "Sou um assistente virtual. Um levantamento demora em geral um dia.",
        "Escolha um tema:",
        ("Pagamentos", "Bónus"),
        "Falar com um agente",
        "Vou transferi-lo para um agente.",
        ("Sabia que estamos abertos dia e noite?", "Os levantamentos chegam quase sempre no mesmo dia."),
        ("Um momento, vou verificar.", "Boa tarde, no máximo 24 horas.", "oi, qual foi o cartão?"),
        ("No fim de semana às vezes dois dias.", "Posso ajudar em mais alguma coisa?"),
        "Por favor, avalie esta conversa.",
        "Ainda está aí? O chat será encerrado em breve.",
        "A ligar a um agente…",
        "Esta conversa pode ser gravada para melhorar o serviço.",
        ("Costumamos responder em dois minutos", "Novidade: chegou a slot da semana!"),
    ),
    "nl": Lines(
        "Hoe lang duurt een uitbetaling?",
        ("Welkom! Waarmee kunnen we u helpen?", "Hallo en welkom in onze chat."),
        ("Bedankt, we hebben uw bericht ontvangen.", "Bedankt! Een medewerker helpt u zo snel mogelijk."),
        "Ik ben een virtuele assistent. Een uitbetaling duurt meestal een dag.",
        "Kies een onderwerp:",
        ("Betalingen", "Bonussen"),
        "Praat met een medewerker",
        "Ik verbind u door met een medewerker.",
        ("Wist u dat we dag en nacht open zijn?", "Uitbetalingen komen vaak dezelfde dag aan."),
        ("Een moment, ik kijk even.", "Goedendag, hooguit 24 uur.", "hoi, met welke kaart was dat?"),
        ("In het weekend soms twee dagen.", "Kan ik nog iets voor u doen?"),
        "Beoordeel dit gesprek.",
        "Bent u er nog? De chat wordt zo gesloten.",
        "U wordt verbonden met een medewerker…",
        "Dit gesprek kan worden opgenomen om onze dienst te verbeteren.",
        ("We antwoorden meestal binnen twee minuten", "Nieuw: de gokkast van de week is er!"),
    ),
    "pl": Lines(
        "Jak długo trwa wypłata?",
        ("Witamy! W czym możemy pomóc?", "Dzień dobry i witamy na czacie."),
        ("Dziękujemy, otrzymaliśmy Twoją wiadomość.", "Dziękujemy! Konsultant wkrótce odpowie."),
        "Jestem wirtualnym asystentem. Wypłata trwa zwykle jeden dzień.",
        "Wybierz temat:",
        ("Płatności", "Bonusy"),
        "Rozmowa z konsultantem",
        "Łączę z konsultantem.",
        ("Czy wiesz, że jesteśmy czynni dzień i noc?", "Wypłaty przychodzą często tego samego dnia."),
        ("Chwileczkę, sprawdzę.", "Dzień dobry, najwyżej 24 godziny.", "cześć, jaką kartą to było?"),
        ("W weekend czasem dwa dni.", "Czy mogę jeszcze w czymś pomóc?"),
        "Oceń tę rozmowę.",
        "Czy nadal tam jesteś? Czat zostanie wkrótce zamknięty.",
        "Trwa łączenie z konsultantem…",
        "Ta rozmowa może być nagrywana w celu poprawy jakości obsługi.",
        ("Zwykle odpowiadamy w dwie minuty", "Nowość: automat tygodnia już jest!"),
    ),
}

PERSON = (
    r"human|person|agent|mitarbeiter|mensch|humain|conseiller|persona|operatore|pessoa|medewerker|mens\b"
    r"|konsultant|człowiek"
)
"""What somebody who asks for a person says, in any of the languages."""
