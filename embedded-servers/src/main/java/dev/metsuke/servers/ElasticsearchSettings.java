package dev.metsuke.servers;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a single small Elasticsearch node is told. */
final class ElasticsearchSettings {

    private ElasticsearchSettings() {}

    static Map<String, String> of(int httpPort, Path home, DataFolder data) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("cluster.name", "metsuke");
        settings.put("node.name", "metsuke");
        settings.put("discovery.type", "single-node");
        settings.put("network.host", "127.0.0.1");
        settings.put("http.port", Integer.toString(httpPort));
        // Nobody joins, so any port will do.
        settings.put("transport.port", "0");
        // On, it would look for a library that is not laid out.
        settings.put("http.compression", "false");
        settings.put("path.home", home.toString());
        settings.put("path.data", data.stored().toString());
        settings.put("path.logs", data.logs().toString());
        settings.put("path.repo", data.path().resolve("snapshots").toString());
        // The defaults are shares of the disk, and would refuse to write on a laptop that is 95 % full.
        settings.put("cluster.routing.allocation.disk.watermark.low", "2gb");
        settings.put("cluster.routing.allocation.disk.watermark.high", "1gb");
        settings.put("cluster.routing.allocation.disk.watermark.flood_stage", "500mb");
        // On, it would count garbage, which the serial collector leaves in the old generation until it needs the room:
        // a busy node
        // would refuse what it has room for, and go on refusing.
        settings.put("indices.breaker.total.use_real_memory", "false");
        return settings;
    }
}
