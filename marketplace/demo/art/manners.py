"""Which manner a craft is drawn in, and the honest words for each picture.

A wording's {0} is the ground colour and {1} the border colour; a wording without them has colours of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from PIL import Image

from . import blades, clay, flatweaves, girih, hide, jewels, knots, metal, needle, palette, silks, wicker, wood, worn

Words = tuple[str, str]
Painter = Callable[[np.random.Generator, palette.Scheme, str], Image.Image]


@dataclass(frozen=True)
class Manner:
    """A painter, the family its dyes come from, and its variants with their Persian and English words."""

    paint: Painter
    family: str
    variants: dict[str, Words]

    def start(self, craft_en: str, seed: int, only: tuple[str, ...] = ()) -> tuple[np.random.Generator, str, palette.Scheme]:
        """The dice, variant and colours of one work; picture and words both begin here."""
        rng = np.random.default_rng([crc32(craft_en.encode()), seed])
        keys = only or tuple(self.variants)
        return rng, keys[rng.integers(len(keys))], palette.choose(rng, self.family)

    def __call__(self, seed: int, craft_en: str = "", only: tuple[str, ...] = ()) -> Image.Image:
        """Draw one work (RGB, 1000 × 1000)."""
        rng, variant, dyes = self.start(craft_en, seed, only)
        return self.paint(rng, dyes, variant)


MANNERS = {
    "qali": Manner(knots.qali, "wool", {
        "medallion": ("قالی لچک و ترنج با زمینهٔ {0} و حاشیهٔ {1}", "Medallion carpet with corners, {0} field and {1} border"),
        "vines": ("قالی افشان با گل شاه‌عباسی، زمینهٔ {0} و حاشیهٔ {1}", "All-over carpet of palmettes, {0} field and {1} border"),
        "boteh": ("قالی بته‌ای با زمینهٔ {0} و حاشیهٔ {1}", "Carpet with rows of boteh, {0} field and {1} border"),
        "trees": ("قالی درختی با سرو و گل، زمینهٔ {0} و حاشیهٔ {1}", "Carpet of cypresses and flowering stems, {0} field and {1} border"),
    }),
    "rug": Manner(knots.rug, "wool", {
        "lozenges": ("قالیچه با لوزی‌های پله‌ای و نقش‌های کوچک، زمینهٔ {0}", "Village rug with stepped lozenges and small figures on {0}"),
        "octagons": ("قالیچه با هشت‌ضلعی و نقش‌های کوچک، زمینهٔ {0}", "Village rug with octagons and small figures on {0}"),
    }),
    "gabbeh": Manner(knots.gabbeh, "wool", {
        "squares": ("گبهٔ خشتی با حاشیهٔ {1}", "Gabbeh of loose squares with a {1} border"),
        "hills": ("گبه با تپه و یک درخت، زمینهٔ {0} و حاشیهٔ {1}", "Gabbeh with hills and one tree, {0} and {1}"),
        "open": ("گبه با زمینهٔ باز {0}، درخت و نقش‌های پراکنده", "Gabbeh with an open {0} field, a tree and scattered figures"),
    }),
    "khersak": Manner(knots.khersak, "wool", {"shaggy": ("خرسک پرزبلند با لوزی‌های {0} و {1}", "Shaggy rug with broad lozenges, {0} and {1}")}),
    "kilim": Manner(flatweaves.kilim, "wool", {
        "diamonds": ("نقش لوزی‌های پله‌ای بر زمینهٔ {0}", "Stepped diamonds on {0}"),
        "column": ("ستون لوزی‌های پله‌ای و قلاب بر زمینهٔ {0}", "A column of stepped and hooked diamonds on {0}"),
        "bands": ("راه‌های پهن با نقش‌های ریز چندرنگ", "Wide bands of small figures in many colours"),
        "chevrons": ("جناغی‌های پله‌ای با رنگ‌های {0} و {1}", "Stepped chevrons with {0} and {1}"),
        "figures": ("نقش‌های پراکندهٔ جانور و گل بر زمینهٔ {0}", "Scattered beasts and flowers on {0}"),
    }),
    "jajim": Manner(flatweaves.jajim, "wool", {
        "figured": ("راه‌راه باریک با نقش‌های ریز", "Narrow stripes with small figures"),
        "striped": ("راه‌راه باریک چندرنگ", "Narrow stripes in many colours"),
        "across": ("راه‌های افقی باریک", "Narrow stripes laid across"),
    }),
    "zilu": Manner(flatweaves.zilu, "cotton", {"stars": ("شبکهٔ پله‌ای دورنگ زیلو", "Two-colour stepped lattice of a zilu")}),
    "sofreh": Manner(flatweaves.sofreh, "wool", {"bare": ("سفره با میانهٔ سادهٔ {0} و حاشیهٔ دندانه‌دار", "Bread cloth with a plain {0} middle and a toothed frame")}),
    "bag": Manner(flatweaves.bag, "wool", {
        "salt": ("نمکدان دستباف منگوله‌دار", "Woven salt bag with tassels"),
        "saddle": ("خورجین دستباف منگوله‌دار", "Woven saddlebag with tassels"),
    }),
    "plaid": Manner(flatweaves.plaid, "wool", {"checks": ("چهارخانه با زمینهٔ {0}", "Checked cloth on {0}")}),
    "tent": Manner(flatweaves.tent, "hide", {"dark": ("پارچهٔ سیاه‌چادر با نوار نقش‌دار", "Dark tent cloth with a figured girth")}),
    "felt": Manner(flatweaves.felt, "wool", {"suns": ("نمد با گل و قوچک بر زمینهٔ {0}", "Felt with suns and horned scrolls on {0}")}),
    "termeh": Manner(silks.termeh, "silk", {
        "boteh": ("ردیف‌های بته‌جقه بر زمینهٔ {0}", "Rows of boteh on {0}"),
        "stripes": ("محرمات با بته‌های ریز، {0} و {1}", "Striped ground with small botehs, {0} and {1}"),
    }),
    "zari": Manner(silks.zari, "silk", {"net": ("زربفت با نقش گل بر زمینهٔ {0}", "Gold brocade with flowers on {0}")}),
    "velvet": Manner(silks.velvet, "silk", {"boteh": ("مخمل {0} با نقش بته", "Velvet in {0} with botehs")}),
    "ikat": Manner(silks.ikat, "silk", {
        "diamonds": ("دارایی با لوزی‌های ابری بر {0}", "Ikat with clouded diamonds on {0}"),
        "suns": ("دارایی با گردهای ابری بر {0}", "Ikat with clouded rounds on {0}"),
    }),
    "bolt": Manner(silks.bolt, "cotton", {
        "plain": ("پارچهٔ پنبه‌ای {0} با راه‌های ساده", "Cotton cloth in {0} with plain stripes"),
        "fine": ("پارچهٔ نازک {0} با راه‌های رنگی", "Fine cloth in {0} with coloured stripes"),
        "towel": ("حولهٔ دستباف {0} با راه‌های رنگی", "Woven towel in {0} with coloured stripes"),
    }),
    "silk": Manner(silks.bolt, "silk", {"silk": ("ابریشم {0} راه‌راه در چین", "Striped silk in {0}, in folds")}),
    "cloak": Manner(silks.bolt, "hide", {"cloak": ("پارچهٔ عبای {0} با راه‌های باریک", "Cloak cloth in {0} with few stripes")}),
    "ehrami": Manner(silks.ehrami, "cotton", {"arch": ("جانماز پنبه‌ای با طاق پله‌ای", "Cotton prayer mat with stepped arches")}),
    "qalamkar": Manner(silks.qalamkar, "cotton", {
        "cypress": ("قلمکار با نقش سرو و گل", "Block print of cypress and flowers"),
        "boteh": ("قلمکار با نقش بته", "Block print of botehs"),
        "garden": ("قلمکار با ترنج و حاشیه", "Block-printed spread with medallion and border"),
    }),
    "batik": Manner(silks.batik, "silk", {
        "boteh": ("چاپ باتیک با بته و رگهٔ موم بر {0}", "Batik of botehs veined by wax on {0}"),
        "kelaghei": ("روسری کلاقه‌ای {0} با گل و حاشیه", "Kelaghei scarf in {0} with scrolls and border"),
    }),
    "dyeing": Manner(silks.skeins, "wool", {"skeins": ("کلاف‌های پشم رنگ‌شده با گیاه", "Skeins of plant-dyed wool")}),
    "pateh": Manner(needle.pateh, "wool", {
        "medallion": ("پته با ترنج و حاشیه بر زمینهٔ {0}", "Pateh with medallion and border on {0}"),
        "cypress": ("پته با نقش سرو بر زمینهٔ {0}", "Pateh with cypresses on {0}"),
        "boteh": ("پته با نقش بته‌جقه بر زمینهٔ {0}", "Pateh with botehs on {0}"),
    }),
    "needlework": Manner(needle.needlework, "silk", {"ladders": ("سوزن‌دوزی هندسی فشرده", "Dense geometric needlework")}),
    "counted": Manner(needle.counted, "cotton", {
        "black": ("دوخت شمارشی تیره بر پارچهٔ {0}", "Dark counted stitch on {0} cloth"),
        "colour": ("دوخت شمارشی رنگی بر پارچهٔ {0}", "Coloured counted stitch on {0} cloth"),
    }),
    "gold_thread": Manner(needle.gold_thread, "silk", {
        "medallion": ("دوخت نخ فلزی با ترنج بر مخمل {0}", "Metal-thread medallion on {0} velvet"),
        "boteh": ("دوخت نخ فلزی با بته بر مخمل {0}", "Metal-thread botehs on {0} velvet"),
    }),
    "spangles": Manner(needle.spangles, "silk", {
        "points": ("نقش نقطه‌های فلزی بر پارچهٔ {0}", "Points of metal on {0} cloth"),
        "coins": ("سکه‌دوزی بر پارچهٔ {0}", "Coins sewn on {0} cloth"),
    }),
    "braid": Manner(needle.braid, "silk", {"bands": ("نوارهای فلزی بر پارچهٔ {0} و {1}", "Metal braids on {0} and {1} cloth")}),
    "patchwork": Manner(needle.patchwork, "silk", {"pieces": ("تکه‌دوزی چهارگوش و سه‌گوش", "Patchwork of squares and triangles")}),
    "sunwork": Manner(needle.sunwork, "silk", {"suns": ("شمسه‌های دوخته بر زمینهٔ {0}", "Embroidered suns on {0}")}),
    "dress": Manner(worn.dress, "silk", {"open": ("پیراهن محلی {0} با نوارهای دوخته", "Local dress in {0} with worked bands")}),
    "shoe": Manner(worn.shoe, "hide", {
        "giveh": ("یک جفت پاافزار بافته", "A pair of knitted shoes"),
        "charoq": ("یک جفت چاروق زردوزی", "A pair of leather shoes with gold thread"),
    }),
    "mask": Manner(worn.face_mask, "silk", {"ridge": ("برقع جنوبی با لبهٔ زری", "Southern mask edged with gold")}),
    "hat": Manner(worn.hat, "wool", {"dome": ("کلاه نمدی گرد", "Round felt hat")}),
    "seven_colour": Manner(girih.seven_colour, "glaze", {
        "medallion": ("کاشی هفت‌رنگ با شمسه و اسلیمی، {0} و {1}", "Seven-colour tiles with a sun and scrolls, {0} and {1}"),
    }),
    "moarraq": Manner(girih.moarraq, "glaze", {"stars": ("کاشی معرق با گره و شمسه", "Mosaic tile of girih stars")}),
    "pottery": Manner(clay.pottery, "wool", {
        "pot": ("ظرف سفالی چرخ‌کار", "Thrown earthenware vessel"),
        "jahleh": ("کوزهٔ جهله", "Earthenware water jar"),
    }),
    "kalpourgan": Manner(clay.kalpourgan, "wool", {"slip": ("ظرف سفال با نقطه و خط سیاه", "Red clay vessel with dots and lines in black slip")}),
    "glazed": Manner(clay.glazed, "glaze", {
        "vessel": ("ظرف با لعاب {0}", "Vessel with {0} glaze"),
        "plate": ("بشقاب با لعاب {0} و نقش تیره", "Plate with {0} glaze and dark drawing"),
    }),
    "underglaze": Manner(clay.painted, "glaze", {
        "under": ("ظرف سفید با گل و اسلیمی زیر لعاب", "White vessel with flowers and scrolls under glaze"),
        "under plate": ("بشقاب سفید با نقش حلقه‌ای زیر لعاب", "White plate painted in rings under glaze"),
    }),
    "enamel": Manner(clay.painted, "glaze", {
        "enamel": ("ظرف میناکاری {0} و {1} با گل و اسلیمی", "Enamelled vessel in {0} and {1} with flowers and scrolls"),
        "enamel plate": ("بشقاب میناکاری {0} و {1} با حلقه‌های نقش", "Enamelled plate in {0} and {1}, painted in rings"),
    }),
    "glass": Manner(clay.glass, "glaze", {
        "blown": ("ظرف شیشه‌ای دمیده با حباب", "Blown glass vessel with bubbles"),
        "cut": ("ظرف شیشه‌ای تراش‌خورده", "Cut glass vessel"),
    }),
    "tray": Manner(metal.tray, "wool", {
        "copper": ("سینی گرد قلم‌زنی", "Round chased tray"),
        "silver": ("سینی نقرهٔ قلم‌زنی", "Engraved silver tray"),
    }),
    "beaten": Manner(metal.beaten, "wool", {
        "copper": ("ظرف مسی چکش‌کاری", "Beaten copper vessel"),
        "nickel": ("ظرف ورشو با نوار نقش‌دار", "Nickel-silver vessel with figured bands"),
        "silver": ("ظرف نقره با نوار نقش‌دار", "Silver vessel with figured bands"),
    }),
    "turquoise": Manner(metal.turquoise, "wool", {"chips": ("ظرف فیروزه‌کوب با نوار برنجی", "Vessel inlaid with turquoise, brass bands")}),
    "pierced": Manner(metal.pierced, "wool", {"round": ("قاب فلزی مشبک", "Pierced metal roundel")}),
    "knife": Manner(metal.blade, "wool", {"knife": ("چاقو با دستهٔ نقش‌دار روی پارچه", "Knife with an ornamented handle on cloth")}),
    "inlaid": Manner(metal.inlaid, "wool", {
        "gold": ("لوح فولادی طلاکوب", "Steel plaque inlaid with gold"),
        "steel": ("لوح فولادی جوهردار", "Watered steel plaque"),
    }),
    "lock": Manner(blades.lock, "wool", {"lock": ("قفل و کلید فلزی", "Metal padlock and key")}),
    "standard": Manner(blades.standard, "wool", {"alamat": ("علامت فلزی با تیغه‌های سرومانند", "Metal standard with cypress-shaped blades")}),
    "grille": Manner(metal.grille, "wool", {"balls": ("شبکهٔ ضریح با گوی‌های فلزی", "Shrine grille of metal balls and bars")}),
    "filigree": Manner(jewels.filigree, "wool", {"coils": ("ملیلهٔ پیچان با نگین", "Coiled filigree with a stone")}),
    "necklace": Manner(jewels.necklace, "silk", {"beads": ("گردنبند مهره و آویز روی پارچه", "Necklace of beads and pendant on cloth")}),
    "stones": Manner(jewels.cut_stones, "silk", {"tray": ("سنگ‌های تراش‌خوردهٔ صیقلی", "Polished cut stones")}),
    "stone_mosaic": Manner(jewels.stone_mosaic, "glaze", {"board": ("معرق سنگ با بند طلایی یا تیره", "Mosaic of fitted stones")}),
    "stone_pot": Manner(jewels.stone_pot, "wool", {"pot": ("ظرف سنگی خاکستری", "Grey stone pot")}),
    "stone_relief": Manner(jewels.carved_stone, "wool", {"slab": ("سنگ با نقش برجستهٔ گل و پیچک", "Stone slab carved with flowers and scrolls")}),
    "marquetry": Manner(wood.marquetry, "wool", {
        "scene": ("معرق چوب گل و مرغ", "Marquetry of bird and flowers"),
        "scroll": ("معرق چوب با پیچک و حاشیه", "Marquetry of scrolls with a border"),
    }),
    "fretwork": Manner(wood.fretwork, "wool", {
        "fret": ("مشبک چوب با پیچک", "Wood fretwork of scrolls"),
        "girih": ("شبکهٔ گره‌چینی چوب", "Girih lattice in wood"),
    }),
    "carving": Manner(wood.carved, "wool", {"relief": ("منبت چوب با گل و پیچک", "Carved wood with flowers and scrolls")}),
    "khatam": Manner(wood.khatam, "silk", {"stars": ("خاتم با ستاره‌های شش‌پر", "Khatam of six-pointed stars")}),
    "turnery": Manner(wood.turnery, "wool", {
        "turned": ("ظرف چوبی خراطی", "Turned wooden vessel"),
        "bowl": ("کاسهٔ چوبی", "Wooden bowl"),
    }),
    "orosi": Manner(girih.orosi, "glaze", {"panes": ("ارسی با شیشه‌های رنگی در گره", "Sash window of coloured panes in girih")}),
    "inlay": Manner(wood.inlay_box, "wool", {
        "shell": ("صدف در زمینهٔ تیره، گل و پیچک", "Shell inlay of scrolls on a dark ground"),
        "bone": ("استخوان در چوب، گل و پیچک", "Bone inlay of scrolls in wood"),
    }),
    "mat": Manner(wicker.mat, "wool", {
        "plain": ("حصیر ساده با نوارهای رنگی", "Plain-plaited mat with dyed strips"),
        "twill": ("حصیر کج‌راه با نوارهای رنگی", "Twill-plaited mat with dyed strips"),
        "herring": ("حصیر جناغی با نوارهای رنگی", "Herringbone mat with dyed strips"),
    }),
    "basket": Manner(wicker.basket, "wool", {
        "basket": ("سبد دستباف", "Woven basket"),
        "tray": ("سینی گرد حصیری", "Round coiled tray"),
    }),
    "screen": Manner(wicker.screen, "wool", {"reeds": ("چیغ نی با پشم رنگی", "Reed screen wrapped in coloured wool")}),
    "muqarnas": Manner(girih.muqarnas, "glaze", {
        "tiled": ("مقرنس کاشی از زیر", "Tiled muqarnas from below"),
        "plaster": ("مقرنس گچی از زیر", "Plaster muqarnas from below"),
    }),
    "stucco": Manner(girih.stucco, "cotton", {"carved": ("گچ‌بری گل و پیچک", "Carved stucco of flowers and scrolls")}),
    "mirror": Manner(girih.mirror, "glaze", {"facets": ("آینه‌کاری گره", "Mirror facets in girih")}),
    "leather": Manner(hide.tooled, "hide", {
        "blind": ("چرم {0} ضرب‌خورده با ترنج", "Tooled leather in {0} with a medallion"),
        "gilt": ("جلد چرمی {0} زرکوب با ترنج", "Gilt leather cover in {0} with a medallion"),
        "bag": ("کیف چرمی {0} نقش‌دار", "Tooled leather bag in {0}"),
    }),
    "sheepskin": Manner(hide.sheepskin, "silk", {"coat": ("پوستین با دوخت رنگی", "Sheepskin coat with coloured embroidery")}),
    "paper": Manner(hide.marbled, "silk", {
        "board": ("کتاب با جلد ابری و عطف چرمی", "Book with marbled boards and leather spine"),
        "sheaf": ("برگ‌های کاغذ دست‌ساز", "Sheets of handmade paper"),
    }),
    "drawing": Manner(hide.drawing, "silk", {
        "pen": ("طرح قلمی ترنج و پیچک", "Pen drawing of a medallion and scrolls"),
        "tashir": ("تشعیر با مرغ و پیچک", "Tash'ir of birds and scrolls"),
    }),
    "miniature": Manner(hide.miniature, "silk", {"garden": ("نگارهٔ باغ با تپه، درخت و جوی", "Miniature of a garden with hills, trees and a stream")}),
    "tazhib": Manner(hide.tazhib, "silk", {
        "page": ("صفحهٔ تذهیب لاجورد و طلا", "Illuminated page in lapis and gold"),
        "shamseh": ("شمسهٔ تذهیب با شرفه", "Illuminated sun with rays"),
    }),
    "tar": Manner(worn.tar, "wool", {"tar": ("تار با کاسه و پوست", "A tar, with its skin belly"), "setar": ("سه‌تار با کاسهٔ چوبی", "A setar, with its wooden belly")}),
    "daf": Manner(worn.daf, "wool", {"hoop": ("دف با طوق چوبی", "Daf with a wooden hoop")}),
}
