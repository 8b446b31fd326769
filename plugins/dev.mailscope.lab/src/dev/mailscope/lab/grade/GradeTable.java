package dev.mailscope.lab.grade;

import java.util.ArrayList;
import java.util.List;

import dev.mailscope.server.file.Csv;

/** The results of a class as a table. */
public final class GradeTable {
    private static final List<String> HEAD = List.of("Name", "File", "Lab", "Points", "Of", "Claimed", "Hints",
            "Retries", "Remarks");
    private static final int WIDEST = 40;

    private GradeTable() {
    }

    /** For people: a line for each, and below what differs. */
    public static String text(List<Grade> grades) {
        var rows = new ArrayList<List<String>>();
        rows.add(HEAD.subList(0, 8));
        grades.forEach(grade -> rows.add(cells(grade).subList(0, 8).stream().map(GradeTable::printable).toList()));
        var out = new StringBuilder();
        for (var row : rows) {
            for (var i = 0; i < row.size(); i++) {
                var column = i;
                var width = rows.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
                var isNumber = i >= 3;
                out.append(isNumber ? " ".repeat(width - row.get(i).length()) + row.get(i)
                        : i < row.size() - 1 ? row.get(i) + " ".repeat(width - row.get(i).length()) : row.get(i))
                        .append(i < row.size() - 1 ? "  " : "\n");
            }
        }
        for (var grade : grades) {
            for (var remark : grade.remarks()) {
                out.append(grade.file().getFileName()).append(": ").append(printable(remark, Integer.MAX_VALUE))
                        .append('\n');
            }
        }
        return out.toString();
    }

    /**
     * For a spreadsheet: RFC 4180. What a spreadsheet would take for a formula has an apostrophe before it.
     */
    public static String csv(List<Grade> grades) {
        var out = new StringBuilder();
        line(out, HEAD);
        grades.forEach(grade -> line(out, cells(grade)));
        return out.toString();
    }

    private static List<String> cells(Grade grade) {
        return List.of(grade.name(), grade.file().getFileName().toString(), grade.lab(),
                Integer.toString(grade.points()), Integer.toString(grade.most()), Integer.toString(grade.claimed()),
                Integer.toString(grade.hints()), Integer.toString(grade.tries()), String.join("; ", grade.remarks()));
    }

    private static void line(StringBuilder out, List<String> cells) {
        out.append(Csv.line(cells.stream().map(text -> Csv.noFormula(text.replaceAll("\\p{Cntrl}", " "))).toList()));
    }

    private static String printable(String text) {
        return printable(text, WIDEST);
    }

    private static String printable(String text, int most) {
        var plain = text.replaceAll("\\p{Cntrl}", " ");
        return plain.length() > most ? plain.substring(0, most - 3) + "..." : plain;
    }
}
