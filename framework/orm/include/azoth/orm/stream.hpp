#pragma once

#include <azoth/orm/query.hpp>

#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace azoth::orm {

namespace detail {

/// Where a session has its core, in the place of which streams put those of their batches.
struct session_place {
    std::shared_ptr<session_core>* core;                   ///< null: the session has ended
    std::vector<std::shared_ptr<session_core>> waiting{};  ///< of one stream inside the other
};

/// A query that is read batch by batch, each in a session's core of its own.
class AZOTH_API stream_run {
public:
    stream_run(std::shared_ptr<session_place> place, const node_ptr& query, std::span<const argument> args, const entity_class& of,
               std::size_t size);
    stream_run(const stream_run&) = delete;
    stream_run& operator=(const stream_run&) = delete;
    ~stream_run();
    /// Ends the batch before, whose changes are flushed; empty at the end.
    [[nodiscard]] std::vector<instance*> next();

private:
    struct state;
    std::unique_ptr<state> state_;
};

}  // namespace detail

/// Objects of a query, batch by batch: see session::stream.
template <mapped T>
class object_stream {
public:
    using batch = detail::found_rows<ptr<T>>;

    explicit object_stream(std::unique_ptr<detail::stream_run> run) noexcept : run_{std::move(run)} {}

    class iterator {
    public:
        using value_type = batch;
        using difference_type = std::ptrdiff_t;
        using iterator_concept = std::input_iterator_tag;
        iterator() = default;
        explicit iterator(object_stream* of) : of_{of} { ++*this; }
        [[nodiscard]] const batch& operator*() const { return *of_->current_; }
        [[nodiscard]] const batch* operator->() const { return &*of_->current_; }
        iterator& operator++() {
            if (!of_->read_next()) of_ = nullptr;
            return *this;
        }
        void operator++(int) { ++*this; }
        friend bool operator==(const iterator& i, std::default_sentinel_t) { return i.of_ == nullptr; }

    private:
        object_stream* of_{};
    };
    [[nodiscard]] iterator begin() { return iterator{this}; }
    [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

private:
    bool read_next() {
        current_.reset();
        std::vector<ptr<T>> objects;
        for (detail::instance* i : run_->next()) objects.emplace_back(i, static_cast<T*>(i->object));
        if (objects.empty()) return false;
        current_.emplace(std::move(objects));
        return true;
    }
    std::unique_ptr<detail::stream_run> run_;
    std::optional<batch> current_{};  ///< goes before the run
};

}  // namespace azoth::orm
