package dev.mailscope.server.imap.command;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** Dates and times as IMAP writes them (RFC 3501 section 9, "date" and "date-time"). */
public final class DateSyntax {
    private static final List<String> MONTHS = List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
            "Oct", "Nov", "Dec");
    private static final String DATE = "a date such as 1-Feb-2024";
    private static final String DATE_TIME = "a date and time such as \" 1-Feb-2024 13:05:00 +0100\"";

    private DateSyntax() {
    }

    /** The date as a command writes it: {@code 1-Feb-2024}. */
    public static String print(LocalDate date) {
        return date.getDayOfMonth() + "-" + MONTHS.get(date.getMonthValue() - 1) + '-' + four(date.getYear());
    }

    /** The time as FETCH's INTERNALDATE and APPEND write it, without the quotes; seconds of the zone are dropped. */
    public static String print(OffsetDateTime time) {
        var zone = time.getOffset().getTotalSeconds() / 60;
        return (time.getDayOfMonth() < 10 ? " " : "") + print(time.toLocalDate()) + ' ' + two(time.getHour()) + ':'
                + two(time.getMinute()) + ':' + two(time.getSecond()) + ' ' + (zone < 0 ? '-' : '+')
                + two(Math.abs(zone) / 60) + two(Math.abs(zone) % 60);
    }

    // date = date-text / DQUOTE date-text DQUOTE
    static LocalDate date(CommandReader in) {
        var quoted = in.skip('"');
        var from = in.offset();
        var day = OctetClass.isDigit(in.peek()) ? digit(in, DATE) : -1;
        if (day < 0) {
            throw in.expected(DATE);
        }
        if (OctetClass.isDigit(in.peek())) {
            day = day * 10 + digit(in, DATE);
        }
        var date = monthAndYear(in, day, from, DATE);
        if (quoted) {
            in.require('"', "a quote at the end of the date");
        }
        return date;
    }

    // date-time = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE
    static OffsetDateTime dateTime(CommandReader in) {
        in.require('"', DATE_TIME);
        var from = in.offset();
        var tens = in.skip(' ') ? 0 : digit(in, DATE_TIME + ", with two characters for the day");
        var day = tens * 10 + digit(in, DATE_TIME + ", with two characters for the day");
        var date = monthAndYear(in, day, from, DATE_TIME);
        in.require(' ', "a space and the time");
        var time = time(in);
        in.require(' ', "a space and the zone, such as +0100");
        var zone = zone(in);
        in.require('"', "a quote at the end of the date and time");
        return OffsetDateTime.of(date, time, zone);
    }

    // time = 2DIGIT ":" 2DIGIT ":" 2DIGIT
    private static LocalTime time(CommandReader in) {
        var from = in.offset();
        var hour = twoDigits(in, "the hour in two digits");
        in.require(':', "a colon and the minute");
        var minute = twoDigits(in, "the minute in two digits");
        in.require(':', "a colon and the second");
        var second = twoDigits(in, "the second in two digits");
        if (hour > 23 || minute > 59 || second > 60) {
            throw new SyntaxError("expected a time from 00:00:00 to 23:59:59, found one that does not exist", from,
                    in.offset() - from);
        }
        // A leap second has no instant of its own here.
        return LocalTime.of(hour, minute, Math.min(second, 59));
    }

    // zone = ("+" / "-") 4DIGIT
    private static ZoneOffset zone(CommandReader in) {
        var from = in.offset();
        var west = in.skip('-');
        if (!west) {
            in.require('+', "a zone such as +0100 or -0500");
        }
        var hours = twoDigits(in, "the zone in four digits");
        var minutes = twoDigits(in, "the zone in four digits");
        if (minutes > 59 || hours * 60 + minutes > 18 * 60) {
            throw new SyntaxError("expected a zone from -1800 to +1800, found one that does not exist", from,
                    in.offset() - from);
        }
        return ZoneOffset.ofTotalSeconds((west ? -60 : 60) * (hours * 60 + minutes));
    }

    // date-text = date-day "-" date-month "-" date-year
    private static LocalDate monthAndYear(CommandReader in, int day, int from, String expected) {
        in.require('-', expected);
        var monthFrom = in.offset();
        var month = month(in.word());
        if (month == 0) {
            throw in.offset() == monthFrom ? in.expected("a month such as Jan")
                    : in.unexpectedWord("a month: Jan, Feb, Mar, Apr, May, Jun, Jul, Aug, Sep, Oct, Nov or Dec",
                            monthFrom);
        }
        in.require('-', "a hyphen and the year");
        var year = twoDigits(in, "the year in four digits") * 100 + twoDigits(in, "the year in four digits");
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException e) {
            throw new SyntaxError("expected a day of the calendar, found one that does not exist", from,
                    in.offset() - from);
        }
    }

    private static int month(String word) {
        for (var i = 0; i < MONTHS.size(); i++) {
            if (MONTHS.get(i).equalsIgnoreCase(word)) {
                return i + 1;
            }
        }
        return 0;
    }

    private static int twoDigits(CommandReader in, String expected) {
        return digit(in, expected) * 10 + digit(in, expected);
    }

    private static int digit(CommandReader in, String expected) {
        var c = in.peek();
        if (!OctetClass.isDigit(c)) {
            throw in.expected(expected);
        }
        in.skip((char) c);
        return c - '0';
    }

    private static String two(int number) {
        return (number < 10 ? "0" : "") + number;
    }

    private static String four(int number) {
        return String.format(Locale.ROOT, "%04d", number);
    }
}
