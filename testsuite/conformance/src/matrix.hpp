#pragma once

#include "suite_result.hpp"

#include <span>
#include <string>
#include <vector>

namespace azoth::conformance {

/// Areas by databases: what the table of `--matrix` and the Markdown report show.
struct matrix {
    struct row {
        std::string area{};
        std::vector<tally> cells{};  ///< one a database
    };
    std::vector<std::string> names{};  ///< of the databases; a name that comes twice has a number
    std::vector<row> rows{};           ///< the areas in the suite's order, and the sum of all at the end
};
[[nodiscard]] matrix make_matrix(std::span<const suite_result> results);

/// "40 passed, 2 declined": what there is none of is left out.
[[nodiscard]] std::string cell_text(const tally& t);

/// For a terminal (in colours) or a file.
[[nodiscard]] std::string table_text(const matrix& m, bool in_colour);

/// What one database declines, by claim: `savepoints: transactions/savepoint-rollback, ...`.
struct declined_claim {
    std::string claim{};
    std::vector<std::string> cases{};
};
[[nodiscard]] std::vector<declined_claim> declined_claims(const suite_result& of);
[[nodiscard]] std::string declined_text(const matrix& m, std::span<const suite_result> results);

}  // namespace azoth::conformance
