"""Mail domains at which strangers live side by side: what one of them repeats says nothing of the next. Data only."""

from __future__ import annotations

PUBLIC = frozenset(
    """
    gmail.com googlemail.com outlook.com outlook.de outlook.fr outlook.es outlook.it hotmail.com hotmail.co.uk
    hotmail.fr hotmail.de hotmail.es hotmail.it live.com live.co.uk live.nl live.fr live.se msn.com passport.com
    yahoo.com yahoo.co.uk yahoo.co.in yahoo.co.jp yahoo.fr yahoo.de yahoo.es yahoo.it yahoo.ca yahoo.com.br
    yahoo.com.au yahoo.in ymail.com rocketmail.com aol.com aol.co.uk aim.com icloud.com me.com mac.com
    proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tuta.io tuta.com tutamail.com keemail.me
    gmx.de gmx.net gmx.at gmx.ch gmx.com gmx.fr web.de freenet.de t-online.de arcor.de mail.de posteo.de posteo.net
    mailbox.org online.de 1und1.de vodafone.de email.de systemli.org riseup.net disroot.org autistici.org
    fastmail.com fastmail.fm hey.com zoho.com zohomail.com mail.com email.com inbox.com usa.com hushmail.com
    orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr numericable.fr libertysurf.fr
    libero.it virgilio.it tiscali.it alice.it tin.it tim.it email.it fastwebnet.it inwind.it
    telefonica.net terra.es terra.com.br uol.com.br bol.com.br ig.com.br globo.com sapo.pt
    ziggo.nl kpnmail.nl planet.nl hetnet.nl xs4all.nl home.nl telenet.be skynet.be proximus.be
    bluewin.ch hispeed.ch sunrise.ch chello.at a1.net aon.at
    btinternet.com btopenworld.com sky.com talktalk.net virginmedia.com ntlworld.com blueyonder.co.uk tiscali.co.uk
    comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net juno.com
    rogers.com shaw.ca sympatico.ca telus.net videotron.ca bigpond.com optusnet.com.au iinet.net.au xtra.co.nz
    telia.com comhem.se spray.se bredband.net online.no broadpark.no tele2.se jubii.dk mail.dk kolumbus.fi elisanet.fi
    wp.pl onet.pl o2.pl interia.pl gazeta.pl op.pl poczta.fm seznam.cz centrum.cz email.cz atlas.cz azet.sk zoznam.sk
    freemail.hu citromail.hu t-online.hu abv.bg mail.bg dir.bg yahoo.ro mail.ru bk.ru inbox.ru list.ru yandex.ru
    yandex.com ya.ru rambler.ru ukr.net i.ua meta.ua inbox.lv one.lv delfi.lt
    qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com 139.com 189.cn aliyun.com
    naver.com daum.net hanmail.net nate.com kakao.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp nifty.com
    rediffmail.com indiatimes.com walla.co.il walla.com bezeqint.net mynet.com ttmail.com hotmail.com.tr
    """.split()
)


def shared(address: str) -> str:
    """The domain that an address has in common with colleagues, empty for one of a public mail provider."""
    domain = address.rpartition("@")[2]
    return "" if domain in PUBLIC else domain
