#pragma once

#include <azoth/orm/column_loading.hpp>
#include <azoth/orm/deferred.hpp>
#include <azoth/orm/entity_class.hpp>
#include <azoth/sql/nodes/select.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace azoth::orm::detail {

/// The session's side of members that can be left unread. Each begins with its base.
struct deferred_access {
    static deferred_base& of(void* member) noexcept { return *static_cast<deferred_base*>(member); }
    static bool is_loaded(const void* member) noexcept { return static_cast<const deferred_base*>(member)->is_loaded_; }
    static void unload(void* member) noexcept { of(member).is_loaded_ = false; }
    static void bind(instance& owner) noexcept {
        for (const std::size_t c : owner.of->deferred) of(static_cast<char*>(owner.object) + owner.of->columns[c].offset).owner_ = &owner;
    }
};

/// What stands for a column that has not been read: a NULL that no database gives.
inline constexpr std::int64_t unread_mark = 0x756e'7265'6164'2e2e;
inline constexpr cell unread_cell{cell_tag::null, unread_mark};
[[nodiscard]] inline bool is_unread(const cell& c) noexcept { return c.tag == cell_tag::null && c.i64 == unread_mark; }

/// Columns of the class that can be left unread. Throws interface_error (mapping).
[[nodiscard]] std::vector<std::size_t> find_deferred(const entity_class& of);

/// Which columns of a class a query reads.
class column_selection {
public:
    /// As the mapping says.
    explicit column_selection(const entity_class& of);
    void apply(const column_loading& option);
    [[nodiscard]] bool is_all() const noexcept { return width_ == reads_.size(); }
    [[nodiscard]] std::size_t width() const noexcept { return width_; }
    [[nodiscard]] bool reads(std::size_t column) const noexcept { return reads_[column]; }
    /// A row of these columns as one of all; the others are unread. Valid until the next call.
    [[nodiscard]] std::span<const cell> spread(std::span<const cell> row);

private:
    void set(std::size_t column, bool is_read) noexcept;
    const entity_class* of_;
    std::vector<bool> reads_;
    std::size_t width_;
    std::vector<cell> spread_{};
};

/// Reads a row into an object of a class; what is unread becomes unloaded where it can be, and else stays as it is.
void read_row(const entity_class& of, std::span<const cell> row, void* object);
/// What a row has of columns that the object does not have yet.
void complete(instance& i, std::span<const cell> row);
/// Throws interface_error (misuse) where a new object, a copy of one that was not loaded, lacks a column.
void require_loaded(const instance& i);

}  // namespace azoth::orm::detail
