package dev.mailscope.bench.clients;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** curl over POP3: a connection for each request; what it has taken is told by the unique-ids. */
final class CurlPop3 implements FetchClient.Choosing {
    private final Place place;
    private final Access access;
    private final Map<String, byte[]> taken = new LinkedHashMap<>();

    CurlPop3(Place place, Access access) {
        this.place = place;
        this.access = access;
    }

    @Override
    public void fetch(boolean keep) throws Exception {
        var listing = curl("-X", "UIDL", access.url() + "/").lines().map(line -> line.split(" ")).toList();
        for (var line : listing) {
            if (!taken.containsKey(line[1])) {
                taken.put(line[1], Form.octets(curl(access.url() + "/" + line[0])));
            }
        }
        for (var line : keep ? List.<String[]>of() : listing.reversed()) {
            delete(Integer.parseInt(line[0]));
        }
    }

    @Override
    public List<byte[]> taken() {
        return List.copyOf(taken.values());
    }

    @Override
    public void delete(int number) throws Exception {
        curl("-I", "-X", "DELE " + number, access.url() + "/");
    }

    @Override
    public byte[] kept(byte[] octets) {
        return Form.ended(octets);
    }

    private String curl(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("curl", "-sS", "-u", access.user() + ":" + access.password()));
        if (access.security() != Security.PLAIN) {
            command.addAll(List.of("--ssl-reqd", "--cacert", place.certificate(access).toString()));
        }
        command.addAll(List.of(arguments));
        return place.run(command.toArray(String[]::new));
    }
}
