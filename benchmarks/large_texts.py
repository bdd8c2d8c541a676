"""What is said in the chats of a large database: lines with a number or a name in them, so that few are alike."""

from __future__ import annotations

NAMES = (
    *("Anna", "Ben", "Carla", "David", "Elena", "Felix", "Greta", "Hugo", "Irina", "Jonas"),
    *("Karim", "Lena", "Marco", "Nadia", "Oskar", "Petra", "Quentin", "Rosa", "Stefan", "Tereza"),
    *("Ursula", "Viktor", "Wanda", "Xenia", "Yusuf", "Zoe", "Amélie", "Björn", "Chloé", "Dragan"),
    *("Emre", "Fatima", "Giulia", "Henrik", "Inès", "Jakub", "Kateřina"),
)
LANGUAGES = ("en", "fr", "de", "es", "it")

QUESTIONS = {
    "en": ("How long does a payout of {} euros to a bank account take?", "Do you accept card deposits under {} euros?"),
    "fr": ("Combien de temps prend un retrait de {} euros ?", "Acceptez-vous les dépôts de moins de {} euros ?"),
    "de": ("Wie lange dauert eine Auszahlung von {} Euro?", "Nehmen Sie Einzahlungen unter {} Euro an?"),
    "es": ("¿Cuánto tarda un retiro de {} euros?", "¿Se admiten depósitos de menos de {} euros?"),
    "it": ("Quanto dura un prelievo di {} euro?", "Accettate depositi sotto i {} euro?"),
}
GREETINGS = {
    "en": "Welcome, guest {}! Please choose a topic or type your question.",
    "fr": "Bienvenue, visiteur {} ! Choisissez un sujet ou posez votre question.",
    "de": "Willkommen, Gast {}! Bitte wählen Sie ein Thema oder stellen Sie Ihre Frage.",
    "es": "¡Bienvenido, visitante {}! Elija un tema o escriba su pregunta.",
    "it": "Benvenuto, ospite {}! Scegli un argomento o scrivi la tua domanda.",
}
QUEUE = {
    "en": "You are number {} in the queue.",
    "fr": "Vous êtes en position {} dans la file d'attente.",
    "de": "Sie sind auf Platz {} der Warteschlange.",
    "es": "Su posición en la cola es {}.",
    "it": "Sei il numero {} in coda.",
}
JOINED = {
    "en": "{} has joined the chat",
    "fr": "{} a rejoint la conversation",
    "de": "{} ist dem Chat beigetreten",
    "es": "{} se ha unido al chat",
    "it": "{} si è unito alla chat",
}
FIRST = {
    "en": "Hi, I'm {}. One moment please, I am looking at this for you.",
    "fr": "Bonjour, je m'appelle {}. Un instant, je regarde cela pour vous.",
    "de": "Guten Tag, ich bin {}. Einen Moment bitte, ich sehe für Sie nach.",
    "es": "Hola, soy {}. Un momento, lo reviso para usted.",
    "it": "Ciao, sono {}. Un attimo, controllo subito.",
}
ANSWERS = {
    "en": (
        "Withdrawals over {} euros take up to a day once your documents are approved.",
        "For amounts under {} there is no fee, and it usually arrives by the next working day.",
        "Sure, case {} shows nothing unusual. Is there anything else I can help you with?",
    ),
    "fr": (
        "Les retraits de plus de {} euros prennent un jour une fois vos documents validés.",
        "En dessous de {} euros il n'y a pas de frais, comptez un jour ouvré.",
        "Le dossier {} est en ordre. Puis-je vous aider pour autre chose ?",
    ),
    "de": (
        "Auszahlungen über {} Euro dauern einen Tag, sobald Ihre Unterlagen geprüft sind.",
        "Unter {} Euro fällt keine Gebühr an, meist ist es am nächsten Werktag da.",
        "Vorgang {} ist in Ordnung. Kann ich sonst noch etwas für Sie tun?",
    ),
    "es": (
        "Los retiros de más de {} euros tardan un día tras aprobar sus documentos.",
        "Por menos de {} euros no hay comisión y suele llegar al día siguiente.",
        "El caso {} está en orden. ¿Puedo ayudarle en algo más?",
    ),
    "it": (
        "I prelievi oltre {} euro richiedono un giorno dopo la verifica dei documenti.",
        "Sotto i {} euro non ci sono commissioni, di solito arriva il giorno dopo.",
        "La pratica {} è a posto. Posso aiutarti in altro?",
    ),
}
THANKS = {"en": "Thank you!", "fr": "Merci !", "de": "Vielen Dank!", "es": "¡Gracias!", "it": "Grazie!"}
