"""How one asks for a person, by language: the sentences we type, and what such a button says.

Lists are in the notation of `chatprobe.browser.words`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chatprobe.browser.words import CHAT, HELP, NO_LAUNCHER, Words

LONGEST_LABEL = 60
"""Characters of a button that is a choice and not an article."""
BRIEF = 3
"""Words of a label that needs no verb: "Live agent", "Real person"."""

SENTENCES: Mapping[str, tuple[str, str]] = {
    "en": ("I would like to talk to a human agent, please.", "Please connect me with a person of your staff."),
    "fr": (
        "Je voudrais parler à un conseiller humain, s'il vous plaît.",
        "Merci de me mettre en relation avec une personne de votre équipe.",
    ),
    "de": (
        "Ich möchte bitte mit einem menschlichen Mitarbeiter sprechen.",
        "Bitte verbinden Sie mich mit einem Menschen aus Ihrem Team.",
    ),
    "es": (
        "Me gustaría hablar con un agente humano, por favor.",
        "Por favor, comuníqueme con una persona de su equipo.",
    ),
    "it": (
        "Vorrei parlare con un operatore umano, per favore.",
        "Per favore, mi metta in contatto con una persona del vostro team.",
    ),
    "pt": (
        "Gostaria de falar com um atendente humano, por favor.",
        "Por favor, transfira-me para uma pessoa da sua equipe.",
    ),
    "nl": (
        "Ik wil graag met een menselijke medewerker praten, alstublieft.",
        "Kunt u mij doorverbinden met een persoon van uw team?",
    ),
    "sv": ("Jag skulle vilja prata med en människa, tack.", "Koppla mig gärna till en medarbetare hos er."),
    "no": ("Jeg vil gjerne snakke med et menneske, takk.", "Kan du sette meg over til en kundebehandler?"),
    "da": ("Jeg vil gerne tale med et menneske, tak.", "Kan du stille mig om til en medarbejder?"),
    "fi": ("Haluaisin puhua asiakaspalvelijan kanssa, kiitos.", "Voisitteko yhdistää minut ihmiselle?"),
    "pl": ("Proszę o rozmowę z konsultantem, z człowiekiem.", "Proszę połączyć mnie z pracownikiem obsługi."),
    "cs": ("Prosím o spojení s operátorem, s člověkem.", "Přepojte mě prosím na některého pracovníka podpory."),
    "sk": ("Prosím o spojenie s operátorom, s človekom.", "Prepojte ma, prosím, na pracovníka podpory."),
    "ro": ("Aș dori să vorbesc cu un operator uman, vă rog.", "Vă rog să mă puneți în legătură cu o persoană."),
    "hu": ("Emberrel szeretnék beszélni, egy ügyintézővel, kérem.", "Kérem, kapcsolja nekem egy munkatársukat."),
    "ru": ("Соедините меня, пожалуйста, с живым оператором.", "Я хочу поговорить с сотрудником, с человеком."),
    "uk": ("З'єднайте мене, будь ласка, з живим оператором.", "Я хочу поговорити зі співробітником, з людиною."),
    "bg": ("Моля, свържете ме с оператор, с човек.", "Искам да говоря със служител от вашия екип."),
    "tr": ("Bir müşteri temsilcisiyle görüşmek istiyorum, lütfen.", "Lütfen beni gerçek bir insana bağlayın."),
    "el": ("Θα ήθελα να μιλήσω με έναν εκπρόσωπο, παρακαλώ.", "Παρακαλώ συνδέστε με με έναν άνθρωπο της ομάδας σας."),
    "ja": ("オペレーターの方とお話ししたいです。", "担当者におつなぎください。"),
    "ko": ("상담원과 이야기하고 싶습니다.", "사람 상담사에게 연결해 주세요."),
    "zh": ("请帮我转人工客服，谢谢。", "我想和真人客服人员说话。"),
    "ar": ("أود التحدث إلى موظف من فضلك.", "أرجو تحويلي إلى شخص حقيقي من فريقكم."),
}
"""The first request and any later one. None is so short that an answer could repeat it and pass for ours."""

PERSON = Words("""
    agent, agents, live agent, human, humans, human being, real person, live person, person, operator, operators
    representative, representatives, rep, advisor, adviser, consultant, specialist, staff member, member of staff
    team member, to someone, with someone, to somebody, with somebody
    humain, humaine, conseiller, conseillers, conseillère, opérateur, opératrice, une personne, vraie personne
    collaborateur, téléconseiller, à quelqu'un, avec quelqu'un
    mensch, menschen, mitarbeiter*, berater, beraterin, kundenberater, kundenbetreuer, ansprechpartner, mit jemandem
    operatør, agente, agentes, humano, humana, persona, persona real, operador, operadora, asesor, asesora
    ejecutivo, con alguien, con una persona, operatore, operatrice, umano, umana, consulente, addetto, con qualcuno
    atendente, atendentes, pessoa, assistente humano, consultor, consultora, com alguém
    medewerker, medewerkers, mens, persoon, een mens, met iemand, människa, människor, medarbetare, handläggare
    kundtjänstmedarbetare, rådgivare, med någon, menneske, mennesker, kundebehandler, medarbeider, rådgiver
    med noen, medarbejder, kundeservicemedarbejder, med nogen, ihmi*, asiakaspalvelija*, asiakasneuvoja*, henkilölle
    henkilön, człowiek*, konsultant*, pracownik*, doradc*, agentem, agenta, operatorem, osobą, z kimś
    člověk*, operátor*, konzultant*, pracovník*, zástupc*, s někým, človek*, un om, o persoană, uman, operatorul
    consultantul, reprezentant, cu cineva, emberrel, élő ember, munkatárs*, ügyintéző*, ügynök*, valakivel
    человек*, оператор*, агент, агентом, специалист*, сотрудник*, консультант*, с кем-то, людин*, співробітник*
    служител*, temsilci*, müşteri temsilci*, insan, insana, insanla, danışman*, yetkili*, biriyle, birine
    εκπρόσωπο*, άνθρωπο*, सहायक, एजेंट, オペレーター, オペレータ, 担当者, 有人, スタッフ, 상담원, 상담사
    人工, 真人, 客服人员, 客服專員, 人工客服, موظف*, شخص حقيقي, وكيل, نציג, נציג*, nhân viên, tư vấn viên, เจ้าหน้าที่
    petugas, agen
""")
"""Somebody in flesh and blood."""

CONTACT = Words("""
    talk, speak, chat, connect, contact, transfer, reach, get, need, want, request, ask for, call, live, real
    sprechen, reden, chatten, verbinden, kontakt*, parler, discuter, contacter, joindre, échanger, relation
    hablar, contactar, chatear, conectar, comunicar*, parlare, parla, chattare, contatt*, colleg*, falar, conversar
    contatar, spreken, spreek, praten, praat, prata, tala, koppla, snakke, snakk, tale, tal, puhu*, keskustel*
    yhteys, yhteyttä
    rozmawia*, porozmawia*, rozmow*, połącz*, mluvit, promluvit, spojit, hovoriť, vorbe*, vorbi*, discut*, legătur*
    beszél*, kapcsol*, поговор*, связ*, соедин*, позв*, свърж*, говор*, з'єдн*, görüş*, konuş*, bağlan*, μιλήσ*
""")
"""Words with which one asks for somebody."""

NEVER = Words("""
    bot, chatbot, virtual, virtuel, virtuelle, virtueller, virtuale, ai agent, ai assistant, robot, robô, become
    affiliate*, refer
    invite, report, login, vip, e-mail, email, mail, ticket, phone, telephone, leave a message, laisser un message
    nachricht hinterlassen, dejar un mensaje, lascia un messaggio, rate, rating, bewert*, noter, évaluer, valor*
    valut*, end chat, end the chat, beenden, terminer, terminar, termina, restart, new chat, transcript, no, no thanks
    not now, don't, nein, nicht, non, pas, não, nee, niet, nej, nei, nie, нет, не, hayır
    telefon*, téléphone, teléfono, telefono, callback, rappel, rückruf, anrufen, llámame, terms, privacy
""")
"""Words of a button that is never clicked, whatever else it says: it rates, ends, refuses or leads elsewhere."""

YES = Words("""
    yes, yes please, sure, okay, ok, please do, ja, ja bitte, gerne, oui, volontiers, sí, si, claro, sì, certo, sim
    ja graag, kyllä, joo, tak, ano, áno, da, igen, да, так, evet, ναι, はい, 是, 好的, 네, 예, نعم, כן, có, ใช่, ya
""")
"""Says yes, under an offer to fetch somebody."""

OTHER = Words("""
    other, others, something else, none of these, none of the above, more options, more, my question is not listed
    autre, autres, autre chose, autre question, anderes, etwas anderes, sonstiges, andere frage, otro, otra, otros
    otra cosa, otra pregunta, altro, altra domanda, outro, outra, outros, outra coisa, anders, iets anders, annat
    något annat, annet, noe annet, andet, noget andet, muu, jokin muu, inne, coś innego, jiné, něco jiného, alte
    altceva
    egyéb, valami más, другое, другой вопрос, інше, друго, diğer, başka, άλλο, その他, 其他, 기타, أخرى, אחר
""")
"""Leads out of a menu whose topics are not ours."""


def sentence(language: str, earlier: int, own: Mapping[str, str]) -> str:
    """What to type as the request number `earlier` + 1: the scenario's `own` sentence, else ours, in the language."""
    base = language.split("-", maxsplit=1)[0]
    text = own.get(language) or own.get(base)
    return text or SENTENCES.get(base, SENTENCES["en"])[min(earlier, 1)]


def asks_for_person(label: str) -> bool:
    """Whether a button's label means "let me talk to a person", in any of the languages."""
    if not _harmless(label) or not PERSON.found_in(label):
        return False
    return (len(label.split()) <= BRIEF and "?" not in label) or bool(CONTACT.found_in(label))


def best_entry(attached: Sequence[str], typed: int, *, offered: bool) -> str | None:
    """The entry of a bot's menu that leads nearest to a person; None where typing is the better way.

    `offered`: the bot asks whether we want a person. `typed`: how often we asked in words; only then is a way tried
    that may as well lead nowhere.
    """
    ways = [asks_for_person, *([_yes] if offered else []), _live_chat, *([_any_help] if typed else [])]
    return next((label for way in ways for label in attached if way(label)), None)


def _harmless(label: str) -> bool:
    return len(label) <= LONGEST_LABEL and not NEVER.found_in(label) and not NO_LAUNCHER.found_in(label)


def _yes(label: str) -> bool:
    return len(label.split()) <= BRIEF + 1 and _harmless(label) and bool(YES.found_in(label))


def _live_chat(label: str) -> bool:
    return _harmless(label) and bool(CHAT.found_in(label))


def _any_help(label: str) -> bool:
    return _harmless(label) and bool(HELP.found_in(label) or OTHER.found_in(label))
