#include <azoth/base/error.hpp>
#include <azoth/pool/pool.hpp>

#include <utility>

namespace azoth {

lease::lease(lease&& other) noexcept : owner_{other.owner_}, connection_{std::exchange(other.connection_, nullptr)} {}

lease& lease::operator=(lease&& other) noexcept {
    if (this == &other) return *this;
    release();
    owner_ = other.owner_;
    connection_ = std::exchange(other.connection_, nullptr);
    return *this;
}

lease::~lease() {
    if (connection_) owner_->give_back(connection_);
}

bool lease::is_inherited() const noexcept { return connection_ && azoth::is_inherited(*connection_); }

void lease::release() noexcept {
    if (!connection_) return;
    owner_->give_back(std::exchange(connection_, nullptr));
}

void lease::invalidate(const std::string& reason, bool all) noexcept {
    if (!connection_) return;
    owner_->discard(std::exchange(connection_, nullptr), reason, all);
}

std::unique_ptr<driver_connection> lease::detach() {
    if (!connection_) throw_error(errc::misuse, "there is no connection to detach: it has been given back already");
    return owner_->take_out(std::exchange(connection_, nullptr));
}

}  // namespace azoth
