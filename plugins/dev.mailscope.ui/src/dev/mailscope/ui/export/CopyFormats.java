package dev.mailscope.ui.export;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.eclipse.core.commands.IParameterValues;

import dev.mailscope.server.export.Format;

/** The formats that can be copied, by their labels: those that are text. */
public final class CopyFormats implements IParameterValues {
    @Override
    public Map<String, String> getParameterValues() {
        var values = new LinkedHashMap<String, String>();
        Arrays.stream(Format.values()).filter(Format::isText)
                .forEach(format -> values.put(format.label(), format.id()));
        return values;
    }
}
