#include "per_thread_pool.hpp"

#include <memory>
#include <vector>

namespace azoth::detail {

/// Tells the pools that a thread has used when it ends.
class per_thread_pool::farewell {
public:
    farewell() = default;
    farewell(const farewell&) = delete;
    farewell& operator=(const farewell&) = delete;
    ~farewell() {
        for (const auto& used : pools_)
            if (const auto alive = used.lock()) static_cast<per_thread_pool&>(*alive).thread_ends(pthread_self());
    }

    static void promise(std::weak_ptr<pool> used) {
        thread_local farewell mine;
        std::erase_if(mine.pools_, [](const auto& p) { return p.expired(); });
        mine.pools_.push_back(std::move(used));
    }

private:
    std::vector<std::weak_ptr<pool>> pools_{};
};

per_thread_pool::per_thread_pool(connector open, pool_options options, pool_events events)
    : tracked_pool{std::move(open), options, std::move(events), reuse::yes} {}

slot* per_thread_pool::acquire(const request& by) {
    bool is_new = false;
    slot* mine = nullptr;
    {
        const std::lock_guard lock{mutex_};
        throw_if_closed();
        const auto [home, inserted] = homes_.try_emplace(pthread_self(), nullptr);
        is_new = inserted;
        mine = home->second;
        if (mine && !mine->out) {
            hold(*mine, by, by.now);
            return mine;
        }
        if (!is_new) ++reserved_;
    }
    if (!is_new) return nullptr;
    farewell::promise(weak_from_this());
    const std::lock_guard lock{mutex_};
    ++reserved_;
    return nullptr;
}

bool per_thread_pool::keep(slot& s) noexcept {
    const auto home = homes_.find(s.thread);  // of the thread that took it, though another may give it back
    return home != homes_.end() && home->second == &s;
}

void per_thread_pool::leaves(slot& s) noexcept {
    const auto home = homes_.find(s.thread);
    if (home != homes_.end() && home->second == &s) home->second = nullptr;
}

void per_thread_pool::joins(slot& s) noexcept {
    const auto home = homes_.find(s.thread);
    if (home != homes_.end() && !home->second) home->second = &s;
}

void per_thread_pool::thread_ends(pthread_t thread) noexcept {
    std::list<slot> dead;
    {
        const std::lock_guard lock{mutex_};
        const auto found = homes_.find(thread);
        if (found == homes_.end()) return;
        slot* left = found->second;
        homes_.erase(found);  // what is out somewhere else is closed when it comes back
        if (left && !left->out) move_out(*left, dead);
    }
    bury(dead, {});
}

}  // namespace azoth::detail
