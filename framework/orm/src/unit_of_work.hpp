#pragma once

#include "collection_emptier.hpp"
#include "flush_plan.hpp"

#include <span>
#include <vector>

namespace azoth::orm::detail {

/// A flush: writes what has changed, a batch a table. Where a statement fails, objects and database are as they were before.
class unit_of_work {
public:
    explicit unit_of_work(session_core& of) noexcept : session_{of}, emptier_{of} {}
    /// Whether there was something to write.
    bool run();

private:
    void write();
    void insert_all();
    void begin_insert(instance& i);
    void end_insert(instance& i);
    void insert_some(std::span<instance* const> of_one_class);
    void insert_together(std::span<instance* const> of_one_database);
    // Of one table, whose columns are told by their places in it.
    void insert_rows(const class_part& part, std::span<instance* const> objects, std::span<const std::size_t> sent,
                     std::span<const std::size_t> made);
    void insert_defaults(const class_part& part, std::span<instance* const> objects, std::span<const std::size_t> made);
    void replace_rows(const class_part& part, std::span<instance* const> objects, std::span<const std::size_t> sent,
                      std::span<const std::size_t> made);
    [[nodiscard]] node_ptr replacement_of(const class_part& part, instance& i, std::span<const std::size_t> sent,
                                          std::span<const std::size_t> made);
    [[nodiscard]] instance* replaced_by(const instance& i) const;
    void update_all();
    void update_some(std::span<instance* const> of_one_class);
    void update_together(std::span<instance* const> of_one_database);
    void delete_all();
    void unlink_circles();
    void delete_some(std::span<instance* const> of_one_class);
    void delete_rows(const class_part& part, std::span<instance* const> of_one_class);
    void delete_each(std::span<instance* const> of_one_class);
    void leave_associations();
    void dissociate();
    void associate();
    void follow(instance& child, bool postponed);
    void keep(instance& i);
    void finish();
    void take_back() noexcept;

    session_core& session_;
    flush_plan plan_{};
    std::vector<undo_step> kept_{};
    collection_emptier emptier_;
};

}  // namespace azoth::orm::detail
