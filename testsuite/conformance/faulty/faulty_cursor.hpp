#pragma once

#include "defect.hpp"

#include <memory>
#include <vector>

namespace azoth::faulty {

/// A result that passes through a defect.
class faulty_cursor final : public cursor {
public:
    /// Reads a cursor that others own, such as a prepared statement's.
    faulty_cursor(defect& by, cursor& inner) : defect_{by}, inner_{inner} { read_ahead(); }
    /// ... and one of its own, with the memory of its parameters.
    faulty_cursor(defect& by, std::unique_ptr<cursor> inner, std::vector<cell> parameters, arena memory)
        : defect_{by}, inner_{*inner}, owned_{std::move(inner)}, parameters_{std::move(parameters)}, sent_{std::move(memory)} {
        read_ahead();
    }
    ~faulty_cursor() override = default;

    [[nodiscard]] std::span<const column_info> columns() const override;
    std::size_t fetch(std::span<cell> out, std::size_t max_rows) override;
    bool next_result() override { return inner_.next_result(); }
    [[nodiscard]] std::int64_t affected_rows() const override { return defect_.affected(inner_.affected_rows()); }
    [[nodiscard]] std::optional<std::int64_t> last_insert_id() const override { return inner_.last_insert_id(); }
    void close() noexcept override { inner_.close(); }

private:
    void read_ahead();
    std::size_t fetch_buffered(std::span<cell> out, std::size_t max_rows);

    defect& defect_;
    cursor& inner_;
    std::unique_ptr<cursor> owned_{};
    std::vector<cell> parameters_{};
    arena sent_{};
    arena received_{};
    std::size_t rows_{};
    std::vector<cell> buffered_{};
    std::size_t next_{};
    mutable std::vector<column_info> columns_{};
};

/// The result of a statement whose failure was swallowed.
class empty_cursor final : public cursor {
public:
    [[nodiscard]] std::span<const column_info> columns() const override { return {}; }
    std::size_t fetch(std::span<cell>, std::size_t) override { return 0; }
    [[nodiscard]] std::int64_t affected_rows() const override { return 0; }
    void close() noexcept override {}
};

}  // namespace azoth::faulty
