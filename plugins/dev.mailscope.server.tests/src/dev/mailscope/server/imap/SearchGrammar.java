package dev.mailscope.server.imap;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Reads what SEARCH, SORT and THREAD have found, by the letter of RFC 3501, 4466, 4731, 5256, 7162 and 9394. */
final class SearchGrammar {
    private final ResponseTokens in;

    SearchGrammar(ResponseTokens in) {
        this.in = in;
    }

    // "SEARCH" [1*(SP nz-number) SP search-sort-mod-seq]
    Object numbers() {
        var all = new ArrayList<Object>();
        while (in.take(" ")) {
            if (in.take("(MODSEQ ")) {
                in.check(!all.isEmpty(), "a modification sequence of nothing");
                in.number63(1);
                in.require(")");
                break;
            }
            all.add(in.nzNumber());
        }
        return all;
    }

    // "THREAD" [SP 1*thread-list]
    Object threads() {
        var all = new ArrayList<Object>();
        if (in.take(" ")) {
            do {
                all.add(thread());
            } while (in.peek() == '(');
        }
        return all;
    }

    // thread-list = "(" (thread-members / thread-nested) ")"; thread-nested = 2*thread-list
    private Object thread() {
        var members = new ArrayList<Object>();
        in.require("(");
        if (in.peek() != '(') {
            do {
                members.add(in.nzNumber());
            } while (in.take(" ") && in.peek() != '(');
        }
        if (in.peek() == '(') {
            var nested = 0;
            while (in.peek() == '(') {
                members.add(thread());
                nested++;
            }
            in.check(nested > 1, "one thread nested alone");
        }
        in.require(")");
        return members;
    }

    // esearch-response = "ESEARCH" [search-correlator] [SP "UID"] *(SP search-return-data)
    Object extendedSearch() {
        var data = new LinkedHashMap<String, Object>();
        if (in.take(" (TAG ")) {
            data.put("TAG", ResponseTokens.latin1(in.string()));
            in.require(")");
        }
        if (in.take(" UID")) {
            data.put("UID", "");
        }
        while (in.take(" ")) {
            var name = in.atomOf(ResponseTokens.ATOM, "a result");
            in.space();
            in.check(data.put(name, switch (name) {
                case "MIN", "MAX" -> in.nzNumber();
                case "COUNT" -> in.number();
                case "ALL" -> in.set();
                case "MODSEQ" -> in.number63(1);
                case "PARTIAL" -> {
                    in.require("(");
                    in.take("-");
                    in.nzNumber();
                    in.require(":");
                    in.take("-");
                    in.nzNumber();
                    in.space();
                    var found = in.nil() ? List.of() : in.set();
                    in.require(")");
                    yield found;
                }
                default -> throw in.wrong("no such result: " + name);
            }) == null, "twice: " + name);
        }
        return data;
    }
}
