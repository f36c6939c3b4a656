"""The catalog's relations that do not depend on what a server holds."""

from pyspark.sql.connect import plan


def case_current_database(spark, F):
    return plan.CurrentDatabase()


def case_current_catalog(spark, F):
    return plan.CurrentCatalog()


def case_database_exists(spark, F):
    return plan.DatabaseExists("default")


def case_database_does_not_exist(spark, F):
    return plan.DatabaseExists("nodb")


def case_table_does_not_exist(spark, F):
    return plan.TableExists("nope")


def case_function_exists(spark, F):
    return plan.FunctionExists("upper")


def case_function_does_not_exist(spark, F):
    return plan.FunctionExists("nofunc")


def case_get_missing_table(spark, F):
    return plan.GetTable("nope")


def case_get_missing_database(spark, F):
    return plan.GetDatabase("nodb")


def case_columns_of_missing_table(spark, F):
    return plan.ListColumns("nope")


def case_tables_of_missing_database(spark, F):
    return plan.ListTables("nodb")


def case_no_tables_match(spark, F):
    return plan.ListTables(pattern="nosuch*")


def case_no_databases_match(spark, F):
    return plan.ListDatabases("nosuch*")


def case_catalogs(spark, F):
    return plan.ListCatalogs()


def case_is_cached_missing(spark, F):
    return plan.IsCached("nope")
