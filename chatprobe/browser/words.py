"""What people write on chat launchers, buttons, forms, banners and closed doors, in many languages.

One phrase between commas; ``*`` at an end stands for any letters. Case, accents and kind of blank do not matter.
Phrases of languages that do not part words by blanks are looked for anywhere in a text.
"""

from __future__ import annotations

import re
import unicodedata

_SPACELESS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MARKS = re.compile(r"[\u0300-\u036f]")


def fold(text: str) -> str:
    """Text without case, accents, odd blanks and odd apostrophes, for comparison."""
    plain = unicodedata.normalize("NFKC", _MARKS.sub("", unicodedata.normalize("NFKD", text.replace("’", "'"))))
    # In capitals, the Turkish i without a dot looks like any other.
    return " ".join(plain.casefold().replace("ı", "i").split())


class Words:
    """A list of phrases to look for."""

    def __init__(self, phrases: str) -> None:
        """Read phrases parted by commas or line ends."""
        found = [fold(phrase) for phrase in re.split(r"[,\n]", phrases) if phrase.strip()]
        self._pattern = re.compile("|".join(_expression(one) for one in sorted(found, key=len, reverse=True)))

    def found_in(self, *texts: str) -> str:
        """The first phrase that stands in one of the texts; empty where none does."""
        for text in texts:
            match = self._pattern.search(fold(text)) if text else None
            if match:
                return match.group()
        return ""

    def is_all_of(self, text: str) -> bool:
        """Whether the text says one of the phrases and nothing else but signs."""
        return bool(self._pattern.fullmatch(fold(text).strip(" .!?:…>»→›-")))


def _expression(phrase: str) -> str:
    body = re.escape(phrase.strip("*"))
    if _SPACELESS.search(phrase):
        return body
    return (r"\w*" if phrase.startswith("*") else r"(?<!\w)") + body + (r"\w*" if phrase.endswith("*") else r"(?!\w)")


def spelled(identifiers: str) -> str:
    """Classes, ids and file names as blank-parted words: ``chatLauncher-btn`` is ``chat Launcher btn``."""
    return re.sub(r"[^\w]+|_", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", identifiers))


CHAT = Words("""
    live chat, livechat, live-chat, chat, chats, chat now, chat with us, chat to us, let's chat, online chat
    support chat, web chat, webchat
    chat en direct, discussion en direct, tchat*, clavardage, discuter, discutez, discutons, parler à un conseiller
    chatten, chatte mit uns, live-support, chat starten, chat öffnen
    chat en vivo, chat en directo, chatear, chatea, charla en vivo, hablar con un agente
    chat dal vivo, chatta, chattare, chat ao vivo, bate-papo, batepapo, conversar, converse
    livechatt*, chatt, chatta med oss, chat med os, chat med oss, chatti, keskustelu*, live-tuki
    czat*, porozmawiaj*, rozmowa na żywo, živý chat, živá podpora, élő chat, csevegés*, élő ügyfélszolgálat, discută*
    чат*, онлайн-чат, живой чат, онлайн-консультант*, онлайн консультант*, поговорить с оператором, разговор*
    ζωντανή συνομιλία, συνομιλία, συνομιλήστε, canlı destek, canlı sohbet, canlı yardım, sohbet*
    دردشة, الدردشة, الدردشة المباشرة, محادثة, المحادثة, צ'אט, צאט, צ׳אט
    चैट, लाइव चैट, চ্যাট, trò chuyện, hỗ trợ trực tuyến, tư vấn trực tuyến, obrolan, mengobrol, sembang
    แชท, สนทนา, チャット, 채팅, 실시간 상담, 상담하기, 在线客服, 在線客服, 线上客服, 線上客服, 联系客服, 人工客服
    聊天, 即时通讯
    vestlus*, tērzē*, pokalbis, pokalbiai, tiesioginis pokalbis, klepet*, razgovor uživo, uživo podrška, čavrlja*
    spjall*, ჩატი
""")
"""Says plainly: live chat."""

HELP = Words("""
    help, help center, help centre, support, customer support, customer service, customer care, contact us, contact
    talk to us, ask us
    ask a question, need help, any questions, questions, message us, message, messages, messenger, assistance
    online support, we are online
    aide, besoin d'aide, contactez-nous, service client, assistance en ligne, posez votre question
    hilfe, kundendienst, kundenservice, kontakt, brauchen sie hilfe, fragen, ayuda, soporte, atención al cliente
    contáctenos, necesitas ayuda
    aiuto, assistenza, supporto, contattaci, serve aiuto, ajuda, suporte, atendimento, fale conosco, apoio ao cliente
    precisa de ajuda
    hulp, klantenservice, hjälp, kundtjänst, kundservice, hjelp, kundestøtte, hjælp, kundeservice, apua, tuki
    asiakaspalvelu
    pomoc, wsparcie, obsługa klienta, podpora, pomoč, pomoć, podrška, segítség, ügyfélszolgálat, ajutor, suport
    asistență, помощ, поддръжка
    помощь, поддержка, служба поддержки, задать вопрос, напишите нам, допомога, підтримка, βοήθεια, υποστήριξη
    εξυπηρέτηση πελατών
    yardım, destek, müşteri hizmetleri, مساعدة, المساعدة, الدعم, خدمة العملاء, עזרה, תמיכה, שירות לקוחות, सहायता, मदद
    trợ giúp, hỗ trợ, bantuan, layanan pelanggan, ช่วยเหลือ, ติดต่อเรา, サポート, ヘルプ, お問い合わせ, 고객센터
    도움말, 문의, 帮助, 幫助, 客服
    客户服务
    abi, klienditugi, palīdzība, atbalsts, pagalba, aðstoð
""")
"""Could lead to a chat."""

CHAT_HINTS = Words("""
    *chat*, launcher*, messenger launcher, bubble, conversation*, support widget, operator*, help widget, talk to us,
    ask us, contact widget, im button, widget launcher
    widget button, widget toggle, customer service*, kefu, consult*, *messenger*
""")
"""What developers call a chat launcher in classes, ids and file names."""

NO_LAUNCHER = Words("""
    whatsapp, telegram, viber, facebook, instagram, twitter, tiktok, youtube, linkedin, discord, skype, wechat
    line app, signal, snapchat, pinterest
    back to top, to top, scroll to top, go to top, scroll up, retour en haut, haut de page, nach oben, seitenanfang
    volver arriba, ir arriba, torna su, voltar ao topo, наверх, вверх, naar boven, do góry, yukarı, トップへ
    返回顶部, 回到顶部
    accessib*, barrierefrei*, accesibilidad, accessibilità, accessibilité, acessibilidade, dark mode, theme, language
    languages, langue, sprache, idioma, lingua, язык
    cookie*, privacy, consent, gdpr, share, partager, teilen, compartir, search, suche, recherche, buscar, cerca
    menu, basket, cart, panier, warenkorb, wishlist
    log in, login, sign in, sign up, register, join now, deposit, play now, claim, bonus, promotion*, feedback
    rate us, review*, survey, newsletter, subscribe, call us, phone, e-mail us, email us, call back, callback, play
    spin, notifications, close, dismiss, got it, accept, minimi*, mute, install app, download, next, previous
    settings
    anmelden, registrieren, connexion, se connecter, s'inscrire, inscription, iniciar sesión, registrarse, entrar
    cadastre-se, accedi, registrati, войти, регистрация, giriş yap, kayıt ol
""")
"""What floats at a page's edge and is no chat."""

NO_LAUNCHER_HINTS = Words("""
    back to top, backtotop, scroll top, scrolltop, scroll to top, scrolltotop, to top, totop, go top, gotop,
    accessib*, a11y, userway, cookie*, consent*, gdpr
    whatsapp*, telegram*, viber*, facebook*, instagram*, snapchat*, wechat*, social*, share*, lang switch*,
    language switch*, theme switch*, darkmode*, dark mode, feedback*, nps, newsletter*, cart, basket, wishlist,
    app banner, install app
""")

START = Words("""
    start chat, start chatting, start the chat, start a chat, start live chat, start new chat, start conversation
    start a conversation, start a new conversation, new conversation, begin chat, begin the chat, begin conversation
    open chat, open live chat, enter chat, join chat, request chat, live chat, chat now, chat with us
    chat with an agent, chat with a person, chat with support, let's chat, talk to an agent, talk to a person
    talk to a human, speak to an agent, speak to a person, talk to support, connect, connect me, contact an agent
    connect to an agent, send us a message, send a message, start, begin, get started
    démarrer le chat, démarrer la discussion, démarrer une conversation, commencer le chat, commencer la discussion
    lancer le chat, lancer la discussion, nouvelle conversation, chat en direct, discuter avec nous
    parler à un agent, parler à un conseiller, démarrer, commencer, envoyez-nous un message
    chat starten, chat beginnen, jetzt chatten, gespräch starten, gespräch beginnen, unterhaltung starten
    neue unterhaltung, live-chat, mit uns chatten, mit einem mitarbeiter sprechen, starten, chat öffnen
    nachricht senden, senden sie uns eine nachricht, schreiben sie uns
    iniciar chat, iniciar el chat, empezar chat, comenzar chat, comenzar a chatear, iniciar conversación
    nueva conversación, chat en vivo, chatear ahora, hablar con un agente, iniciar, comenzar, envíanos un mensaje
    avvia chat, avvia la chat, inizia chat, inizia la chat, inizia a chattare, inizia conversazione
    nuova conversazione, chat dal vivo, chatta ora, chatta con noi, parla con un operatore, inizia, avvia
    inviaci un messaggio
    iniciar conversa, iniciar o chat, começar chat, nova conversa, chat ao vivo, falar com um atendente
    falar com atendente, começar, envie-nos uma mensagem
    start gesprek, gesprek starten, chat nu, nieuw gesprek, begin gesprek, chat met ons, starta chatt, starta chatten
    starta konversation, ny konversation, chatta nu, chatta med oss, start chatten, start samtale, ny samtale
    chat med oss, chat med os, aloita chat, aloita keskustelu, uusi keskustelu
    rozpocznij czat, rozpocznij rozmowę, zacznij czat, nowa rozmowa, zahájit chat, začít chat, zahájit konverzaci
    nová konverzace, začať chat, chat indítása, csevegés indítása, beszélgetés indítása, új beszélgetés, începe chat
    începe conversația, conversație nouă
    начать чат, начать беседу, начать диалог, начать разговор, новый диалог, написать нам, связаться с оператором
    почати чат, почати розмову, започни чат, започнете чат, започни разговор, έναρξη συνομιλίας
    ξεκινήστε τη συνομιλία, έναρξη chat, νέα συνομιλία
    sohbeti başlat, sohbete başla, görüşmeyi başlat, yeni sohbet, canlı destek, başlat, başla, ابدأ الدردشة
    بدء الدردشة, بدء المحادثة, ابدأ المحادثة, محادثة جديدة, התחל צ'אט, התחל שיחה, שיחה חדשה, चैट शुरू करें
    बातचीत शुरू करें
    bắt đầu trò chuyện, bắt đầu chat, cuộc trò chuyện mới, mulai obrolan, mulai chat, mulai percakapan, obrolan baru
    เริ่มแชท, เริ่มการสนทนา, チャットを開始, チャットを始める, チャットする, 会話を始める, 채팅 시작, 상담 시작
    대화 시작, 开始聊天, 開始聊天, 开始对话, 開始對話, 开始咨询
    开始会话
    alusta vestlust, sākt tērzēšanu, pradėti pokalbį, začni klepet, započni razgovor, započni chat, pokreni chat
""")
"""Starts or continues a live chat, where it stands inside an open panel."""

SEND = Words("""
    send, send message, submit, reply, post, envoyer, soumettre, senden, absenden, nachricht senden, abschicken
    enviar, enviar mensaje, enviar mensagem, mandar, invia, inviare, spedisci, verstuur*, verzenden, stuur, skicka
    sänd, send melding, send besked, lähetä, wyślij, odeslat, odoslat, odoslať, küldés, küld, trimite, trimiteți
    изпрати, изпращане, отправить, послать, надіслати, відправити, αποστολή, στείλε, gönder, yolla, إرسال, ارسال
    أرسل, שלח, שליחה, भेजें, gửi, kirim, hantar, ส่ง, 送信, 送る, 보내기, 전송, 发送, 發送, 傳送, 送出, saada, sūtīt
    siųsti, pošlji
    pošalji, paper-plane, paperplane
""")

WRITE_HERE = Words("""
    message*, type*, write*, reply*, ask*, enter your question, your question, say something, how can we help
    say hello, compose*, send a*
    écri*, tapez*, saisissez*, votre message, posez*, répond*, nachricht*, schreib*, eingeben, tippe*, ihre frage
    antwort*, frag*
    escrib*, mensaje*, pregunta*, responde*, scriv*, messaggio*, digita*, escrev*, digite, mensagem, mensagens
    pergunt*, bericht*, schrijf*, typ, stel je vraag
    skriv*, meddelande*, melding*, besked*, kirjoita*, viesti*, wpisz*, napisz*, wiadomoś*, napiš*, zpráv*, správ*
    írj*, írd*, üzenet*, scrie*, mesaj*, tastați*
    напиш*, сообщен*, введите, спросите, вопрос, повідомлення, введіть, съобщение*, въведете, γράψ*, μήνυμα*
    πληκτρολογ*, yaz*, mesaj*, sorunuz*
    اكتب, رسالة, رسالتك, أدخل رسالتك, הקלד*, כתוב*, הודעה, लिखें, संदेश, nhập*, tin nhắn, viết*, tulis*, ketik*
    pesan*, พิมพ์, ข้อความ, メッセージ, 入力, 메시지, 입력, 输入, 輸入, 消息, 訊息, 请描述
    sõnum*, kirjuta*, ziņ*, raksti*, žinut*, rašyk*, sporoči*, poruk*, napiši*, upiši*
""")
"""Stands in or over the box a visitor writes his message into."""

ACCEPT = Words("""
    accept, accept all, accept all cookies, accept cookies, accept & close, accept and close, accept and continue
    i accept, allow all, allow all cookies, allow cookies, allow, agree, i agree, agree and close, agree & continue
    agree and continue, got it, ok, okay, o.k., understood, i understand, yes, yes i agree, that's fine, continue
    confirm, confirm all, save and close
    accepter, tout accepter, accepter tout, j'accepte, accepter et fermer, accepter et continuer, autoriser
    tout autoriser, d'accord, j'ai compris, compris, oui, continuer, ok pour moi
    akzeptieren, alle akzeptieren, alles akzeptieren, alle cookies akzeptieren, annehmen, zustimmen, ich stimme zu
    einverstanden, zulassen, alle zulassen, verstanden, ja, weiter, alle annehmen
    aceptar, aceptar todo, aceptar todas, aceptar cookies, acepto, permitir, permitir todas, de acuerdo, entendido
    sí, continuar, accetta, accetta tutto, accetta tutti, accetto, consenti, consenti tutti, ho capito, va bene, sì
    continua
    aceitar, aceitar tudo, aceitar todos, aceito, concordo, entendi, sim, accepteren, alles accepteren
    alle cookies accepteren, akkoord, begrepen, doorgaan, toestaan, acceptera, acceptera alla, godkänn, godkänn alla
    tillåt alla, jag förstår, godta, godta alle, aksepter, accepter alle, tillad alle, forstået, hyväksy
    hyväksy kaikki, salli kaikki
    akceptuj, akceptuję, akceptuj wszystko, akceptuj wszystkie, zaakceptuj wszystko, zaakceptuj wszystkie
    zgadzam się, rozumiem, přijmout, přijmout vše, souhlasím, rozumím
    prijať, prijať všetko, súhlasím, elfogadom, az összes elfogadása, rendben, accept toate, acceptă, acceptă tot
    sunt de acord, приемам, съгласен съм, разбрах
    принять, принять все, принимаю, согласен, согласна, хорошо, понятно, продолжить, прийняти, прийняти все
    погоджуюсь, зрозуміло, αποδοχή, αποδοχή όλων, αποδέχομαι, συμφωνώ, kabul et, tümünü kabul et, kabul ediyorum
    anladım, tamam, evet
    قبول, قبول الكل, أوافق, موافق, نعم, אישור, אני מסכים, מסכים, קבל הכל, स्वीकार करें, सहमत, đồng ý, chấp nhận
    chấp nhận tất cả, setuju, terima, terima semua, saya setuju, ยอมรับ, ยอมรับทั้งหมด, ตกลง, 同意する, すべて同意
    同意して続ける
    了解, 同意, 接受, 全部接受, 接受全部, 我同意, 知道了, 동의, 모두 동의, 수락, 확인
    nõustun, nõustu kõigiga, piekrītu, sutinku, sprejmi, sprejmem, prihvati, prihvati sve, prihvaćam, slažem se
""")
"""Agrees to a banner."""

ADULT = Words("""
    i am over 18, i'm over 18, i am 18, i'm 18, i am over 21, i'm over 21, i am 21, yes i am over*, yes i'm over*
    yes i am 18*, yes i'm 18*, over 18, over 21, 18+, 21+, 18 or over, 18 or older, 18 years or older, 18 and over
    i am of legal age, i am an adult, enter, enter site, enter the site, enter website
    j'ai plus de 18 ans, j'ai 18 ans, plus de 18 ans, je suis majeur, je suis majeur*, oui j'ai plus*, oui j'ai 18*
    entrer, entrer sur le site, ich bin über 18, ich bin 18*, über 18, ich bin volljährig, ja ich bin*, eintreten
    betreten, soy mayor de edad, tengo más de 18*, mayor de 18*, soy mayor de 18*, sí soy mayor*, entrar
    ho più di 18 anni, sono maggiorenne, maggiore di 18*, entra, sou maior de*, tenho mais de 18*, maior de 18*
    ik ben 18*, ik ben ouder dan*, jag är över 18*, jag är 18*, jeg er over 18*, jeg er fylt 18*, olen yli 18*
    olen täysi-ikäinen, mam ukończone 18*, mam 18*, mam więcej niż 18*, je mi 18*, je mi více než 18*, mám 18*
    elmúltam 18*, am peste 18*, am împlinit 18*, навърших 18*, имам навършени 18*, мне есть 18*, мне больше 18*
    мне исполнилось 18*, мені є 18*, мені виповнилося 18*, είμαι άνω των 18*, 18 yaşından büyüğüm, 18 yaşındayım
    عمري أكثر من 18, فوق 18, אני מעל גיל 18, אני מעל 18, tôi trên 18*, tôi đã đủ 18*, saya berusia 18*
    ฉันอายุเกิน 18, อายุมากกว่า 18, 18歳以上, 만 18세 이상, 18세 이상, 我已满18, 年满18, 已滿18
""")
"""Passes an age gate."""

UNDER_AGE = Words("""
    under, underage, under-age, younger, not, i'm not, minor, below, leave, exit, less than, moins de, mineur*, pas
    sortir, quitter, unter, jünger, minderjährig*, nicht, verlassen, menor, menos de, menor de edad, salir, meno di
    minorenne, esci, minore, menos de, sair, jonger, minderjarig*, niet, verlaten, yngre, inte, lämna, ikke, forlad
    forlat, alle 18*, alaikäi*, poistu, poniżej, młodsz*, nieletni*, wyjdź, mladší, méně než, odejít, menej než
    odísť, fiatalabb*, alatt*, kilépés, sub, ieșire, под, по-малк*, младше, моложе, меньше, выйти, уйти, молодше
    вийти, κάτω, έξοδος, altında*, küçük*, çıkış, أقل, مغادرة, מתחת, יציאה, dưới, rời, di bawah, keluar, ต่ำกว่า
    ออก, 未満, 退出, 미만, 나가기, 未满, 未滿, 离开
""")
"""Does not pass an age gate, or leads away from it."""

NO = re.compile(
    r"(no|non|nein|não|nao|nee|nej|nei|ei|nie|ne|nem|nu|не|нет|ні|όχι|οχι|hayir|لا|לא|không|khong|tidak|いいえ|아니|否|不)(?!\w)"
)
"""A name that begins so says no; folded."""

AGE_ASKED = Words("""
    18+, 21+, over 18, 18 years, are you 18, are you over*, legal age, of age, your age, verify your age
    age verification, adults only, 18 ans, majeur*, 18 jahre, volljährig*, 18 años, mayor de edad, 18 anni
    maggiorenne*, 18 anos, maior de idade, 18 jaar, 18 år, 18 vuotta, 18 lat, 18 let, 18 rokov, 18 éves*, 18 ani
    18 години, 18 лет, 18 років, 18 ετών, 18 yaş*, 18 عام, 18 سنة, גיל 18, 18 tuổi, 18 tahun, อายุ 18, 18歳, 18세
    18岁
    18歲, 18 aastat, 18 gadi, 18 metų
""")

COOKIES_ASKED = Words("""
    cookie*, privacy*, consent*, gdpr, tracking, personal data, confidentialité, vie privée, datenschutz*
    privatsphäre, privacidad, galletas, riservatezza, privacidade, integritet*, personvern*, eväste*, prywatnoś*
    ciasteczk*, soukromí, súkromi*, adatvédelm*, süti*, confidențialit*, бисквитки, конфиденциальност*, куки
    файлы cookie, конфіденційн*, απόρρητ*, çerez*, gizlilik, ملفات تعريف الارتباط, الخصوصية, עוגיות, פרטיות, कुकी*
    kuki, quyền riêng tư, คุกกี้, クッキー, プライバシー, 쿠키, 개인정보, 隐私, 隱私, küpsis*, sīkdat*, slapuk*
    piškot*, kolačić*
""")

NEVER_CLICK = Words("""
    sign up, signup, register, registration, join, join now, create account, open account, deposit, play now, claim
    get bonus, subscribe, download, install, log in, login, sign in, s'inscrire, inscription, créer un compte
    connexion, registrieren, konto eröffnen, anmelden, registrarse, regístrate, crear cuenta, iniciar sesión
    registrati, iscriviti, accedi, cadastre-se, cadastrar, registrar, criar conta, registreren, inloggen, registrera
    skapa konto, logga in, registrer, logg inn, rekisteröidy, kirjaudu, zarejestruj*, zaloguj*, registrovat
    přihlásit, regisztráció, bejelentkezés, înregistrare, autentificare, регистрация, зарегистрироваться, войти
    депозит, реєстрація, увійти, εγγραφή, σύνδεση, kayıt ol, üye ol, giriş yap, تسجيل, تسجيل الدخول, הרשמה, התחברות
    đăng ký, đăng nhập, daftar, สมัคร, 登録, ログイン, 회원가입, 로그인, 注册, 註冊, 登录, 登入
""")
"""Would make an account, pay, or leave."""
