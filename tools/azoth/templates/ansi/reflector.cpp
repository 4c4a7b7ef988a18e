#include "connection.hpp"

namespace @name@_dialect {
namespace {

/// Reads the catalogue by one query each for relations, columns, keys, checks, indexes and sequences. They are those of the standard's
/// INFORMATION_SCHEMA; azoth::catalogue_queries says which columns each has to give, where the database keeps its catalogue otherwise.
class catalogue final : public azoth::queried_catalogue {
public:
    explicit catalogue(azoth::executor& on) : queried_catalogue{on, queries()} {}

protected:
    /// What the database spells so. Behind the spelling come what the query `columns` gives more.
    [[nodiscard]] azoth::type type_of(const azoth::catalogue_row& row) const override { return queried_catalogue::type_of(row); }

private:
    static azoth::catalogue_queries queries() {
        azoth::catalogue_queries q = azoth::standard_catalogue_queries();
        q.default_schema = "SELECT CURRENT_SCHEMA";
        return q;
    }
};

}  // namespace

std::unique_ptr<azoth::reflector> make_reflector(azoth::executor& through) { return std::make_unique<catalogue>(through); }

}  // namespace @name@_dialect
