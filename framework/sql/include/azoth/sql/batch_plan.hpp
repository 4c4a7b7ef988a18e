#pragma once

#include <azoth/base/cell.hpp>
#include <azoth/sql/type.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace azoth {

/// An insert taken apart, so that a driver can make multi-row VALUES, an array bind, `unnest` or COPY of it: a driver cannot turn
/// finished SQL into those.
struct batch_plan {
    /// Before and after each parameter of one row: "(", ", ", ")". One more than there are parameters.
    std::vector<std::string> row_pieces{};
    std::string prefix{};                ///< INSERT INTO "t" ("a", "b") VALUES
    std::string suffix{};                ///< what follows the last row, such as RETURNING; with a blank ahead
    std::string table{};                 ///< quoted and schema-qualified, for COPY
    std::vector<std::string> columns{};  ///< unquoted
    std::vector<type> types{};           ///< of the parameters
    std::vector<cell_tag> stored{};      ///< the tag in which each parameter arrives; `null`: as it comes
    bool copy_is_legal{};                ///< no RETURNING, no expression, no upsert
    bool returns_rows{};
    /// Which returned column holds which parameter's value, unique within the batch: brings returned rows into input order.
    struct sentinel {
        std::size_t returned_column;
        std::size_t parameter;
    };
    std::optional<sentinel> order{};
    bool numbered_placeholders{};  ///< the dialect writes $1, $2 ... instead of ?
    bool plain_rows{};             ///< a row is its parameters and nothing else, so that it may come from `unnest` or an array bind
    /// Which returned column holds the key that the database generates: ascends in input order where keys_ascend_in_batches is claimed.
    std::optional<std::size_t> generated_key{};
    bool may_skip_rows{};  ///< an upsert: not every row sent comes back
};

/// The rows of a batch, pulled by the driver.
class row_source {
public:
    virtual ~row_source() = default;
    /// Writes up to `max_rows` rows of parameters to `out`, row after row, and returns how many; 0 at the end. The cells' memory stays
    /// valid until the next call.
    virtual std::size_t fill(std::span<cell> out, std::size_t max_rows) = 0;
    /// Rows still to come, where that is known.
    [[nodiscard]] virtual std::optional<std::size_t> remaining() const { return std::nullopt; }
};

/// Takes returned rows, in input order.
class row_sink {
public:
    virtual ~row_sink() = default;
    /// The cells are valid during the call.
    virtual void row(std::span<const cell> cells) = 0;
};

}  // namespace azoth
