package dev.drydock.journal;

import dev.drydock.database.Database;
import dev.drydock.database.RefusedStatements;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.sql.SQLException;

/** Opens a ledger without an application around it. */
public final class Ledgers {

    private static final int CONNECTIONS = 16;

    private Ledgers() {}

    public static SpendLedger at(String jdbcUrl) throws SQLException {
        var pool = new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(connections -> connections
                        .maxSize(CONNECTIONS)
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(jdbcUrl)));
        return new SpendLedger(Database.jdbi(AgroalDataSource.from(pool), new RefusedStatements()));
    }
}
