#include "relation_access.hpp"

#include "class_inheritance.hpp"

#include <unordered_set>
#include <utility>

namespace azoth::orm::detail {

void relation_access::unload(const instance& i, const relation_info& r) noexcept {
    if (r.is_many) {
        many_base& m = many_of(i, r);
        m.items_.clear();
        forget_changes(m);
    } else {
        one_base& o = one_of(i, r);
        o.target_ = nullptr;
        forget_changes(o);
    }
    of(i, r).is_loaded_ = r.said->is_write_only;
}

void relation_access::keep_once(many_base& r) {
    std::unordered_set<const instance*> known;
    std::erase_if(r.items_, [&](const instance* i) { return !known.insert(i).second; });
}

void relation_access::point(one_base& r, instance* to) noexcept {
    if (!r.is_changed_) {
        r.before_ = r.target_;
        r.is_changed_ = true;
    }
    r.target_ = to;
    r.is_loaded_ = true;
}

void relation_access::insert(many_base& r, instance& item, std::size_t at) {
    if (!r.is_changed_) r.before_ = std::make_unique<std::vector<instance*>>(r.items_);
    r.is_changed_ = true;
    r.items_.insert(r.items_.begin() + static_cast<std::ptrdiff_t>(at), &item);
}

void relation_access::erase(many_base& r, std::size_t at) {
    if (!r.is_changed_) r.before_ = std::make_unique<std::vector<instance*>>(r.items_);
    r.is_changed_ = true;
    r.items_.erase(r.items_.begin() + static_cast<std::ptrdiff_t>(at));
}

void relation_access::add_unread(many_base& r, instance& item) {
    if (!r.is_changed_) r.before_ = std::make_unique<std::vector<instance*>>();
    r.is_changed_ = true;
    r.items_.push_back(&item);
}

void relation_access::take_out_unread(many_base& r, instance& item) {
    if (!r.is_changed_) r.before_ = std::make_unique<std::vector<instance*>>();
    r.is_changed_ = true;
    r.before_->push_back(&item);
}

std::size_t relation_access::forget_added(many_base& r, const instance& item) noexcept { return std::erase(r.items_, &item); }

bool relation_access::forget_taken_out(many_base& r, const instance& item) noexcept {
    return r.before_ && std::erase(*r.before_, &item) > 0;
}

namespace {

/// Gives back the handle that an unbound relation had.
struct handed_over {
    instance* held;
    explicit handed_over(instance* i) noexcept : held{i} {}
    handed_over(handed_over&& other) noexcept : held{std::exchange(other.held, nullptr)} {}
    handed_over& operator=(handed_over&&) = delete;
    ~handed_over() {
        if (held) release(*held);
    }
};

}  // namespace

void relation_access::take_over(one_base& r) {
    const handed_over given{std::exchange(r.target_, nullptr)};
    if (given.held) r.set(given.held);
}

void relation_access::take_over(many_base& r) {
    std::vector<handed_over> given;
    for (instance* i : std::exchange(r.items_, {})) given.emplace_back(i);
    for (const auto& g : given) r.add(g.held, r.items_.size());
}

void adopt_relations(instance& i) {
    set_discriminator(i);
    deferred_access::bind(i);
    const auto& relations = i.of->relations();
    for (std::size_t n = 0; n < relations.size(); ++n) {
        relation_base& base = relation_access::of(i, relations[n]);
        relation_access::bind_new(base, i, n);
    }
    for (const relation_info& r : relations) {
        if (r.is_many) relation_access::take_over(relation_access::many_of(i, r));
        else relation_access::take_over(relation_access::one_of(i, r));
    }
}

}  // namespace azoth::orm::detail
