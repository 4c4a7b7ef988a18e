#pragma once

#include <azoth/dialect.hpp>

#include "session.hpp"
#include "statement.hpp"

#include <list>
#include <memory>
#include <string>
#include <vector>

namespace azoth::sqlite {

/// Inserts many rows with VALUES of many rows. Its statements stay compiled for the inserts used last. A connection has one.
class bulk_inserter {
public:
    explicit bulk_inserter(std::shared_ptr<session> on) : session_{std::move(on)} {}

    batch_result insert(const batch_plan& plan, row_source& rows, row_sink* returned, const execute_options& options);
    /// Drops the compiled statements.
    void forget() noexcept { kept_.clear(); }

private:
    struct sized_statement {
        std::size_t rows;
        std::unique_ptr<statement> compiled;
    };
    struct kept_insert {
        std::string key;
        std::vector<sized_statement> statements{};
    };
    class run;

    kept_insert& find(const batch_plan& plan);

    std::shared_ptr<session> session_;
    std::list<kept_insert> kept_{};  ///< most recently used first
};

}  // namespace azoth::sqlite
