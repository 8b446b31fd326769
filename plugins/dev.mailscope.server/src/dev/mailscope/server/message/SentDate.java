package dev.mailscope.server.message;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/**
 * The moment a message says it was sent at: its Date field (RFC 5322 sections 3.3 and 4.3), in the zone it is written
 * in, read leniently: the day of the week and comments are ignored, the month may stand before the day, hyphens and
 * commas may separate, seconds, time and zone may be missing.
 */
public final class SentDate {
    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
    private static final int MAX_WORDS = 16;

    private int day = -1;
    private int month = -1;
    private int year = -1;
    private LocalTime time;
    private ZoneOffset zone;

    private SentDate() {
    }

    /** The date of a message's header; empty where there is none that makes sense. */
    public static Optional<OffsetDateTime> of(Header header) {
        return header.first("Date").flatMap(SentDate::parse);
    }

    /** {@code date-time = [day-of-week ","] day month year hour ":" minute [":" second] zone}. */
    public static Optional<OffsetDateTime> parse(String value) {
        final var field = new FieldReader(value);
        final var date = new SentDate();
        try {
            for (int i = 0; i < MAX_WORDS && !field.atEnd(); i++) {
                field.skipCfws();
                final String word = field.runUntil(",(");
                if (!word.isEmpty()) {
                    date.word(word);
                }
                field.skip(',');
            }
            return date.result();
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private void word(String word) {
        final char first = word.charAt(0);
        if (word.indexOf(':') > 0) {
            time(word);
        } else if ((first == '+' || first == '-') && word.length() > 1) {
            zone(word);
        } else if (word.indexOf('-') > 0) {
            for (final String piece : word.split("-", 4)) {
                if (!piece.isEmpty()) {
                    word(piece);
                }
            }
        } else if (first >= '0' && first <= '9') {
            number(word);
        } else if (month < 0 && month(word) > 0) {
            month = month(word);
        } else if (time != null) {
            zone(word);
        }
    }

    private static int month(String word) {
        if (word.length() < 3) {
            return -1;
        }
        final int index = MONTHS.indexOf(word.substring(0, 3).toLowerCase(Locale.ROOT));
        return index >= 0 && index % 3 == 0 ? index / 3 + 1 : -1;
    }

    private void number(String word) {
        if (word.length() > 4) {
            throw new DateTimeException("no day or year");
        }
        final int number = Integer.parseInt(word);
        if (day < 0 && word.length() <= 2) {
            day = number;
        } else if (year < 0) {
            year = switch (word.length()) {
                case 1, 2 -> number < 50 ? 2000 + number : 1900 + number;
                case 3 -> 1900 + number;
                default -> number;
            };
        }
    }

    /** A leap second counts as the second before it; a time that cannot be as midnight (RFC 5256 section 2.2). */
    private void time(String word) {
        final String[] pieces = word.split(":", 4);
        try {
            final int second = pieces.length > 2 ? Integer.parseInt(digits(pieces[2])) : 0;
            time = LocalTime.of(Integer.parseInt(pieces[0]), Integer.parseInt(digits(pieces[1])),
                    second == 60 ? 59 : second);
        } catch (DateTimeException | NumberFormatException e) {
            time = LocalTime.MIDNIGHT;
        }
    }

    private static String digits(String text) {
        return text.length() > 2 ? text.substring(0, 2) : text;
    }

    /** {@code zone = ("+" / "-") 4DIGIT / obs-zone}. A zone nobody knows counts as UTC (RFC 5322 section 4.3). */
    private void zone(String word) {
        if (zone != null) {
            return;
        }
        zone = switch (word.toUpperCase(Locale.ROOT)) {
            case "EDT" -> ZoneOffset.ofHours(-4);
            case "EST", "CDT" -> ZoneOffset.ofHours(-5);
            case "CST", "MDT" -> ZoneOffset.ofHours(-6);
            case "MST", "PDT" -> ZoneOffset.ofHours(-7);
            case "PST" -> ZoneOffset.ofHours(-8);
            default -> numericZone(word);
        };
    }

    private static ZoneOffset numericZone(String word) {
        int number = 0;
        for (int i = 1; i < word.length(); i++) {
            number = number * 10 + Character.digit(word.charAt(i), 10);
            if (i > 4 || Character.digit(word.charAt(i), 10) < 0) {
                return ZoneOffset.UTC;
            }
        }
        final int minutes = number / 100 * 60 + number % 100;
        return word.length() != 5 || minutes > 18 * 60 ? ZoneOffset.UTC
                : ZoneOffset.ofTotalSeconds((word.charAt(0) == '-' ? -60 : 60) * minutes);
    }

    private Optional<OffsetDateTime> result() {
        if (day < 0 || month < 0 || year < 0) {
            return Optional.empty();
        }
        return Optional.of(OffsetDateTime.of(LocalDate.of(year, month, day), time == null ? LocalTime.MIDNIGHT : time,
                zone == null ? ZoneOffset.UTC : zone));
    }
}
