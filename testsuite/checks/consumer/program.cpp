// Asks the database that the URL names (SQLite in memory where none is given) for a text.
#include <azoth/azoth.hpp>

#include <cstdint>
#include <exception>
#include <iostream>
#include <string>

int main(int argc, char** argv) try {
    auto engine = azoth::create_engine(argc > 1 ? argv[1] : "sqlite://");
    auto connection = engine.connect();
    std::cout << connection.execute(azoth::text("SELECT 'azoth works'")).scalar<std::string>() << '\n';
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
