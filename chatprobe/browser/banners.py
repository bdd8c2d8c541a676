"""What stands over a page before a visitor can use it: consent banners, age gates, offers; and what to click there.

Of a consent banner everything is refused that can be refused. Lists are in the notation of `words`.
"""

from __future__ import annotations

import re

from chatprobe.browser import words
from chatprobe.browser.survey import Clickable, Survey

_AGE = re.compile(r"(?<!\d)(?:18|19|20|21)(?!\d)")
LEAST = 3.0
"""A control below this score is not clicked."""


def find_overlays(survey: Survey) -> list[Clickable]:
    """What to click to get past what stands over the page, best first; never a sign-up, never a way out."""
    scored = [(_score(one, survey), one) for one in survey.clickables if one.visible and one.enabled]
    return [one for score, one in sorted(scored, key=lambda pair: -pair[0]) if score >= LEAST]


def opens_choices(one: Clickable) -> bool:
    """Whether a banner's control only shows what can be chosen."""
    return bool(CHOICES.is_all_of(one.name)) and not _refuses(one) and not words.ACCEPT.is_all_of(one.name)


def refuses(one: Clickable) -> bool:
    """Whether a banner's control refuses, at once or by keeping choices as they stand."""
    return _refuses(one) or SAVE.is_all_of(one.name)


def turns_away(one: Clickable, around: str) -> bool:
    """Whether a control tells an age gate, whose text is `around`, that the visitor is too young, or leaves."""
    if not words.AGE_ASKED.found_in(around):
        return False
    return bool(words.NO.match(words.fold(one.name)) or words.UNDER_AGE.found_in(one.name))


def _score(one: Clickable, survey: Survey) -> float:
    if one.cover or words.NEVER_CLICK.found_in(one.name) or words.CHAT.found_in(one.name):
        return 0
    over = one.layer or one.dialog or survey.afloat(one) or survey.documents[one.document].layered
    if not over or (one.href.startswith("http") and "#" not in one.href):
        return 0
    around = survey.text_around(one)
    score = _for_age(one, around) or _for_consent(one, around) or _for_offer(one)
    score += 1 if score and one.semantic else 0
    score += 1 if score and (one.layer or one.dialog) else 0
    return score


def _for_age(one: Clickable, around: str) -> float:
    if not words.AGE_ASKED.found_in(around) or turns_away(one, around):
        return 0
    if words.ADULT.found_in(one.name):
        return 6.0
    if _AGE.search(one.name):
        return 5.0
    return 3.0 if _accepts(one) and not words.COOKIES_ASKED.found_in(around) else 0


def _for_consent(one: Clickable, around: str) -> float:
    if not words.COOKIES_ASKED.found_in(around):
        return 0
    if _refuses(one):
        return 5.0
    if SAVE.is_all_of(one.name):
        return 4.5
    if opens_choices(one):
        return 4.0
    return 3.0 if _accepts(one) else 0


def _for_offer(one: Clickable) -> float:
    """Closing an offer or a news window over the page; what floats in a corner may be closed by whom it disturbs."""
    return 1.0 if (one.layer or one.dialog) and CLOSE.is_all_of(one.name) else 0


def _accepts(one: Clickable) -> bool:
    return words.ACCEPT.is_all_of(one.name) or bool(ALL.found_in(one.name))


def _refuses(one: Clickable) -> bool:
    return len(one.name) <= 60 and (REFUSE.is_all_of(one.name) or bool(NECESSARY.found_in(one.name)))


ALL = words.Words(
    "accept all*, allow all*, tout accepter*, alle akzeptieren*, aceptar todas*, accetta tutti*, aceitar todos*"
)
"""Begins of longer labels that agree to everything."""

REFUSE = words.Words("""
    reject, reject all, reject all cookies, reject cookies, decline, decline all, decline cookies, refuse, refuse all
    deny, deny all, disagree, i disagree, do not accept, don't accept, i do not accept, i decline, no, no thanks
    no thank you, disallow, opt out, disable all, do not consent, i do not agree
    refuser, tout refuser, refuser tout, je refuse, refuser les cookies, refuser et continuer, non, non merci, rejeter
    tout rejeter, interdire tous les cookies, ablehnen, alle ablehnen, alles ablehnen, alle cookies ablehnen
    nicht akzeptieren, nicht zustimmen, nein, nein danke, verweigern, ich lehne ab, rechazar, rechazar todo
    rechazar todas, rechazar cookies, rechazarlas todas, no acepto, denegar, denegar todas, no gracias, rifiuta
    rifiuta tutto, rifiuta tutti, rifiutare, rifiuto, nega, no grazie, non accetto, rejeitar, rejeitar tudo
    rejeitar todos, rejeitar todas, recusar, recusar tudo, recusar todos, não aceito, não obrigado, não, weigeren
    alles weigeren, alle weigeren, afwijzen, alles afwijzen, alle cookies weigeren, nee, nee bedankt, niet akkoord
    neka, neka alla, avvisa, avvisa alla, avböj, avböj alla, nej, nej tack, avslå, avslå alle, avvis, avvis alle
    nei, nei takk, afvis, afvis alle, nej tak, hylkää, hylkää kaikki, kiellä, kiellä kaikki, en hyväksy, ei kiitos
    odrzuć, odrzuć wszystko, odrzuć wszystkie, odmów, odmawiam, nie zgadzam się, nie, nie dziękuję, odmítnout
    odmítnout vše, odmítám, zamítnout, zamítnout vše, nesouhlasím, ne, odmietnuť, odmietnuť všetko, nesúhlasím
    elutasítás, elutasít, elutasítom, összes elutasítása, mindet elutasítom, nem, nem fogadom el, respinge
    respinge tot, respingeți, respinge toate, refuz, refuză, nu sunt de acord, nu, отхвърляне, отхвърли
    отхвърляне на всички, отхвърли всички, отказвам, отклонить, отклонить все, отклонить всё, отказаться, отказ
    не принимать, запретить, нет, нет спасибо, відхилити, відхилити все, відхилити всі, відмовитися, ні, απόρριψη
    απόρριψη όλων, αρνούμαι, δεν αποδέχομαι, διαφωνώ, όχι, reddet, tümünü reddet, hepsini reddet, kabul etmiyorum
    hayır, رفض, رفض الكل, أرفض, لا أوافق, دحض, דחה, דחה הכל, דחיית הכל, אני מסרב, לא, אסרב, अस्वीकार करें
    सभी अस्वीकार करें, từ chối, từ chối tất cả, không đồng ý, tolak, tolak semua, tidak setuju, tidak, ปฏิเสธ
    ปฏิเสธทั้งหมด, ไม่ยอมรับ, 拒否, 拒否する, すべて拒否, すべて拒否する, 同意しない, 거부, 모두 거부, 동의하지 않음, 拒绝
    全部拒绝, 拒绝全部, 不同意, 拒絕, 全部拒絕, keeldu, keeldun, keeldu kõigist, noraidīt, noraidīt visu, atmesti
    atmesti visus, nesutinku, zavrni, zavrni vse, ne sprejmem, odbij, odbij sve, odbaci, odbaci sve
""")
"""Says no to a consent banner."""

NECESSARY = words.Words("""
    reject all*, decline all*, refuse all*, only necessary, necessary only, only essential, essential only
    essentials only, only required, required only, strictly necessary only, only strictly necessary
    accept necessary, accept essential, accept only necessary, accept only essential, allow necessary
    necessary cookies only, essential cookies only, required cookies only, use necessary cookies only
    without accepting, continue without, functional only, reject non-essential, reject optional, reject additional
    sans accepter, uniquement les cookies nécessaires, cookies nécessaires uniquement, nécessaires uniquement
    uniquement nécessaires, cookies essentiels uniquement, strictement nécessaires, nur notwendige*, nur erforderliche*
    nur essenzielle*, nur technisch*, nur funktionale*, ohne einwilligung, ohne zustimmung, ohne zu akzeptieren
    solo necesarias, solo las necesarias, solo cookies necesarias, sólo necesarias, solo esenciales, sin aceptar
    continuar sin aceptar, únicamente necesarias, solo necessari, solo i necessari, solo cookie necessari
    solo cookie tecnici, solo essenziali, senza accettare, apenas necessários, apenas os necessários
    somente necessários, só os necessários, apenas essenciais, somente essenciais, sem aceitar, alleen noodzakelijk*
    alleen functione*, alleen essenti*, zonder te accepteren, endast nödvändiga*, bara nödvändiga*, kun nødvendige*
    kun nødvendig, kun de nødvendige, vain välttämättömä*, vain pakolliset, tylko niezbędne*, tylko wymagane
    tylko konieczne, jen nezbytné*, pouze nezbytné*, jen nutné, iba nevyhnutné*, len nevyhnutné*, csak a szükséges*
    csak szükséges*, doar necesare, doar cele necesare, numai necesare, doar cookie-urile necesare, само необходимите
    само необходими, только необходимые, только обязательные, лише необхідні, тільки необхідні, μόνο τα απαραίτητα
    μόνο απαραίτητα, yalnızca gerekli*, sadece gerekli*, sadece zorunlu*, الضرورية فقط, الأساسية فقط, רק הכרחי*
    הכרחיות בלבד, केवल आवश्यक, chỉ cần thiết, chỉ cookie cần thiết, hanya yang diperlukan, hanya diperlukan
    เฉพาะที่จำเป็น, 必要なもののみ, 必須のみ, 必要最低限, 필수만, 필수 항목만, 仅必要, 仅限必要, 只接受必要
    ainult vajalik*, tikai nepieciešam*, tik būtin*, samo nujne, samo nužne, samo neophodne, samo potrebni*
""")
"""Allows no more than a site cannot do without; also the beginnings of longer refusals."""

SAVE = words.Words("""
    save, save settings, save preferences, save my choices, save choices, save selection, save and exit, confirm choices
    confirm my choices, confirm selection, confirm my selection, allow selection, accept selection, accept selected
    submit preferences, apply, enregistrer, enregistrer mes choix, confirmer mes choix, confirmer la sélection
    autoriser la sélection, valider mes choix, speichern, auswahl speichern, einstellungen speichern
    auswahl bestätigen, auswahl erlauben, auswahl akzeptieren, meine auswahl bestätigen, guardar, guardar ajustes
    guardar preferencias, guardar selección, confirmar mis preferencias, confirmar selección, permitir la selección
    salva, salva preferenze, salva le preferenze, conferma le mie scelte, conferma selezione, accetta selezionati
    guardar preferências, guardar escolhas, confirmar as minhas escolhas, confirmar escolhas, salvar, opslaan
    voorkeuren opslaan, selectie opslaan, selectie toestaan, mijn keuzes bevestigen, spara, spara inställningar
    bekräfta mina val, tillåt urval, lagre, lagre innstillinger, bekreft mine valg, gem, gem indstillinger
    bekræft mine valg, tillad valgte, tallenna, tallenna asetukset, vahvista valintani, salli valinta, zapisz
    zapisz ustawienia, zapisz wybór, potwierdź wybór, potwierdź moje wybory, uložit, uložit nastavení, potvrdit výběr
    potvrdit moje volby, povolit výběr, uložiť, uložiť nastavenia, potvrdiť výber, mentés, beállítások mentése
    választásom megerősítése, salvează, salvați, confirmă alegerile, confirmă selecția, запази, запазване
    потвърди избора, сохранить, сохранить настройки, подтвердить выбор, сохранить выбор, зберегти
    зберегти налаштування, підтвердити вибір, αποθήκευση, επιβεβαίωση επιλογών, αποθήκευση επιλογών, kaydet
    seçimlerimi onayla, seçimi kaydet, حفظ, حفظ الإعدادات, تأكيد اختياراتي, שמור, שמירה, अनुमति दें और सहेजें, lưu
    lưu lựa chọn, xác nhận lựa chọn, simpan, simpan pilihan, บันทึก, บันทึกการตั้งค่า, 保存, 設定を保存, 選択を確認, 저장
    선택 저장, 保存设置, 确认选择
""")
"""Keeps a banner's choices as they stand; what is not needed is off until somebody turns it on."""

CHOICES = words.Words("""
    settings, cookie settings, cookies settings, privacy settings, manage, manage cookies, manage preferences
    manage my preferences, manage settings, manage choices, manage options, manage consent, preferences
    cookie preferences, customise, customize, customise choices, customise settings, customize settings, more options
    more choices, options, let me choose, show details, learn more and customise, configure, adjust
    paramètres, paramétrer, paramétrer les cookies, paramètres des cookies, gérer, gérer les cookies, gérer mes choix
    gérer mes préférences, personnaliser, personnaliser mes choix, plus d'options, préférences, configurer
    einstellungen, cookie-einstellungen, einstellungen verwalten, anpassen, auswählen, mehr optionen, optionen
    individuelle einstellungen, konfigurieren, details anzeigen, verwalten, configuración, configurar
    configurar cookies, ajustes, ajustes de cookies, personalizar, gestionar, gestionar cookies, más opciones
    preferencias, opciones, impostazioni, impostazioni cookie, personalizza, gestisci, gestisci preferenze
    gestisci cookie, scopri di più e personalizza, più opzioni, preferenze, definições, definições de cookies
    configurações, gerenciar, gerir cookies, gerir preferências, mais opções, preferências, opções, instellingen
    cookie-instellingen, voorkeuren, voorkeuren beheren, aanpassen, meer opties, beheren, inställningar
    cookieinställningar, hantera, hantera inställningar, anpassa, fler alternativ, innstillinger, administrer
    tilpass, flere valg, indstillinger, cookieindstillinger, tilpas, vis detaljer, asetukset, evästeasetukset
    muokkaa asetuksia, mukauta, hallitse, ustawienia, ustawienia plików cookie, dostosuj, zarządzaj, więcej opcji
    preferencje, nastavení, nastavení cookies, upravit, přizpůsobit, další možnosti, spravovat, nastavenia, upraviť
    prispôsobiť, beállítások, süti beállítások, testreszabás, további lehetőségek, setări, setări cookie
    personalizați, personalizează, gestionați, mai multe opțiuni, настройки, настройки за бисквитки, персонализиране
    настроить, настройки cookie, настройки файлов cookie, управление, подробнее, налаштування, налаштувати, ρυθμίσεις
    ρυθμίσεις cookies, διαχείριση, προσαρμογή, ayarlar, çerez ayarları, tercihleri yönet, özelleştir, الإعدادات
    إعدادات, تخصيص, إدارة, הגדרות, התאמה אישית, सेटिंग्स, cài đặt, tùy chỉnh, tùy chọn, pengaturan, kelola
    การตั้งค่า, ตั้งค่าคุกกี้, 設定, クッキー設定, カスタマイズ, 설정, 쿠키 설정, 设置, 管理, 自定义, 設置, seaded, iestatījumi
    nustatymai, nastavitve, postavke, prilagodi
""")
"""Shows what can be chosen."""

CLOSE = words.Words("""
    close, ×, ✕, ✖, x, dismiss, no thanks, not now, maybe later, later, skip, fermer, plus tard, non merci, schließen
    später, nein danke, cerrar, más tarde, no gracias, chiudi, più tardi, no grazie, fechar, mais tarde, agora não
    sluiten, later misschien, stäng, senare, lukk, senere, luk, sulje, myöhemmin, zamknij, później, zavřít, později
    zavrieť, bezárás, később, închide, mai târziu, затвори, по-късно, закрыть, позже, не сейчас, закрити, пізніше
    κλείσιμο, αργότερα, kapat, daha sonra, إغلاق, لاحقا, סגור, अभी नहीं, đóng, để sau, tutup, nanti, ปิด, 閉じる, 後で
    닫기, 나중에, 关闭, 稍后, 關閉
""")
"""Closes an offer."""
