package dev.metsuke.detect.state;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.HyperClockCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * One bound on the memory of all stores together. By itself every store of every partition takes its own: 50 MiB for blocks
 * and 48 MiB for what is yet to be written.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {

    /** Names the bound in Kafka Streams' configuration, in bytes. */
    public static final String BYTES = "metsuke.rocksdb.bytes";

    private static final long DEFAULT_BYTES = 134_217_728;
    private static final long MEMTABLE_BYTES = 4 * 1_024 * 1_024;

    /** Of a memtable's room, for a filter that tells at once that a key is not in it. */
    private static final double MEMTABLE_FILTER = 0.05;

    /** Lets the cache find out by itself how large what it holds is. */
    private static final long ANY_CHARGE = 0;

    private static final int SHARDS_BY_SIZE = -1;

    private static @Nullable Shared shared;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        Object given = configs.get(BYTES);
        Shared bounds = shared(given == null ? DEFAULT_BYTES : Long.parseLong(given.toString()));
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(bounds.cache());
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(bounds.memtables());
        options.setWriteBufferSize(MEMTABLE_BYTES);
        // Whoever comes for the first time, or with an access that is new, is looked for and not found.
        options.setMemtablePrefixBloomSizeRatio(MEMTABLE_FILTER);
        options.setMemtableWholeKeyFiltering(true);
        options.setOptimizeFiltersForHits(false);
    }

    /** Shared by all stores until the process ends. */
    @Override
    public void close(String storeName, Options options) {}

    /** The first one asked for holds for the process. */
    private static synchronized Shared shared(long bytes) {
        if (shared == null) {
            Cache cache = new HyperClockCache(bytes, ANY_CHARGE, SHARDS_BY_SIZE, false);
            shared = new Shared(cache, new WriteBufferManager(bytes / 2, cache));
        }
        return shared;
    }

    private record Shared(Cache cache, WriteBufferManager memtables) {}
}
