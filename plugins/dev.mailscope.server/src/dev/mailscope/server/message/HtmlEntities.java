package dev.mailscope.server.message;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;

/** Character references of HTML: by number, and by the names that mail has: those of Latin-1, and of typography. */
final class HtmlEntities {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final int REPLACEMENT = 0xFFFD;
    private static final Map<String, Integer> NAMED = new HashMap<>();

    static {
        // From U+00A0 on, in order.
        final String[] latin1 = ("nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg"
                + " plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave"
                + " Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH"
                + " Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig"
                + " agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc"
                + " iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn"
                + " yuml")
                .split(" ");
        for (int i = 0; i < latin1.length; i++) {
            NAMED.put(latin1[i], 0xA0 + i);
        }
        NAMED.putAll(Map.of("amp", (int) '&', "lt", (int) '<', "gt", (int) '>', "quot", (int) '"', "apos", (int) '\'',
                "AMP", (int) '&', "LT", (int) '<', "GT", (int) '>', "QUOT", (int) '"'));
        NAMED.putAll(Map.of("OElig", 0x152, "oelig", 0x153, "Scaron", 0x160, "scaron", 0x161, "Yuml", 0x178,
                "euro", 0x20AC, "trade", 0x2122, "larr", 0x2190, "rarr", 0x2192));
        NAMED.putAll(Map.of("ensp", 0x2002, "emsp", 0x2003, "thinsp", 0x2009, "zwnj", 0x200C, "zwj", 0x200D,
                "ndash", 0x2013, "mdash", 0x2014, "bull", 0x2022, "hellip", 0x2026));
        NAMED.putAll(Map.of("lsquo", 0x2018, "rsquo", 0x2019, "sbquo", 0x201A, "ldquo", 0x201C, "rdquo", 0x201D,
                "bdquo", 0x201E, "lsaquo", 0x2039, "rsaquo", 0x203A, "minus", 0x2212));
    }

    private HtmlEntities() {
    }

    /** The character of that name, which is case-sensitive; -1 for a name not known here. */
    static int character(String name) {
        return NAMED.getOrDefault(name, -1);
    }

    /** The character of that number; 128 to 159 are those of windows-1252, as browsers have it. */
    static int character(int number) {
        if (number >= 0x80 && number < 0xA0) {
            return new String(new byte[] {(byte) number}, WINDOWS_1252).charAt(0);
        }
        return number == 0 || number > Character.MAX_CODE_POINT
                || number >= Character.MIN_SURROGATE && number <= Character.MAX_SURROGATE ? REPLACEMENT : number;
    }
}
