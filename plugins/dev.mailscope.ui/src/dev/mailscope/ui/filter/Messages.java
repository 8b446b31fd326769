package dev.mailscope.ui.filter;

import org.eclipse.osgi.util.NLS;

final class Messages extends NLS {
    public static String colours_description;
    public static String dialog_colour;
    public static String dialog_colourHint;
    public static String dialog_colourName;
    public static String dialog_enabled;
    public static String dialog_expression;
    public static String dialog_expressionHint;
    public static String dialog_filter;
    public static String dialog_filterHint;
    public static String dialog_name;
    public static String dialog_sample;
    public static String field_expression;
    public static String field_plain;
    public static String filters_description;
    public static String page_colour;
    public static String page_down;
    public static String page_edit;
    public static String page_export;
    public static String page_exportFailed;
    public static String page_expression;
    public static String page_import;
    public static String page_importFailed;
    public static String page_name;
    public static String page_new;
    public static String page_noText;
    public static String page_remove;
    public static String page_tooLarge;
    public static String page_up;
    public static String palette_blue;
    public static String palette_green;
    public static String palette_grey;
    public static String palette_orange;
    public static String palette_purple;
    public static String palette_red;
    public static String palette_yellow;
    public static String problem_at;
    public static String problem_colour;
    public static String problem_filter;
    public static String problem_rule;
    public static String shipped_changes;
    public static String shipped_commands;
    public static String shipped_errors;
    public static String shipped_gone;
    public static String shipped_held;
    public static String shipped_large;
    public static String shipped_phases;
    public static String shipped_told;

    static {
        initializeMessages("dev.mailscope.ui.filter.messages", Messages.class);
    }

    private Messages() {
    }
}
