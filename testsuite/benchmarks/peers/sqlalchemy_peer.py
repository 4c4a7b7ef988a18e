"""SQLAlchemy's rounds, for sqlalchemy.cpp: reads a line of JSON for each round and answers with one, the nanoseconds that an operation took.

Debian's SQLAlchemy 1.4 with the classes of 2.0. Core: a statement is built once and executed with parameters, a scan takes all rows, a list of
dictionaries is inserted (which psycopg2 and pymysql turn into statements of many rows). ORM: the tables of orm_benchmarks.cpp.
"""
import json
import sys
import time

try:
    import sqlalchemy as sa
    from sqlalchemy.orm import Session, declarative_base, relationship, selectinload
except ImportError as e:
    print(json.dumps({"error": f"{e} (python3-sqlalchemy)"}))
    sys.exit(1)

SMALL_TABLE = 10_000

Base = declarative_base()


class Parent(Base):
    __tablename__ = "parent"
    id = sa.Column(sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)
    name = sa.Column(sa.Text, nullable=False)
    children = relationship("Child", back_populates="parent")


class Child(Base):
    __tablename__ = "child"
    id = sa.Column(sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)
    parent_id = sa.Column(sa.ForeignKey("parent.id"), nullable=False)
    name = sa.Column(sa.Text, nullable=False)
    size = sa.Column(sa.Float, nullable=False)
    parent = relationship("Parent", back_populates="children")


class Item(Base):
    __tablename__ = "item"
    id = sa.Column(sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)
    name = sa.Column(sa.Text, nullable=False)
    price = sa.Column(sa.Float, nullable=False)
    stock = sa.Column(sa.BigInteger)
    note = sa.Column(sa.Text, nullable=False)


def make_values(count):
    return [{"id": i + 1, "name": f"item number {i}", "price": i * 0.25, "stock": None if i % 3 == 0 else i % 100,
             "note": "a note of some thirty characters"} for i in range(count)]


def next_key(i):
    return i * 7919 % SMALL_TABLE + 1


def time_of(operations, work):
    """Nanoseconds that one of the operations takes."""
    start = time.perf_counter_ns()
    work()
    return (time.perf_counter_ns() - start) / operations


def expect(wanted, found):
    if found != wanted:
        raise RuntimeError(f"{wanted} rows were to be found, and not {found}")


class Core:
    """A connection to the database that `to` tells of."""

    def __init__(self, to):
        self.connection = engine_of(to).connect()
        self.items = {}

    def select(self, lookups):
        table = Item.__table__
        statement = sa.select(table).where(table.c.id == sa.bindparam("key"))

        def work():
            for i in range(lookups):
                self.connection.execute(statement, {"key": next_key(i)}).one()
        with self.connection.begin():
            return time_of(lookups, work)

    def scan(self, rows):
        def work():
            expect(rows, len(self.connection.execute(sa.select(Item.__table__)).all()))
        with self.connection.begin():
            return time_of(rows, work)

    def insert(self, rows):
        values = self.items.setdefault(rows, make_values(rows))

        def work():
            with self.connection.begin():
                self.connection.execute(sa.insert(Item.__table__), values)
        return time_of(rows, work)


class Orm:
    """Sessions on the three files."""

    def __init__(self, to):
        self.items, self.family, self.lookups = (sa.create_engine("sqlite:///" + to[name], future=True) for name in ("items", "family", "lookups"))

    def flush(self, objects):
        with Session(self.items) as session:
            session.add_all(Item(**{name: value for name, value in values.items() if name != "id"}) for values in make_values(objects))
            return time_of(objects, session.commit)

    def load(self, parents):
        def work():
            with Session(self.family) as session:
                found = session.scalars(sa.select(Parent).options(selectinload(Parent.children))).all()
                expect(parents, sum(1 for p in found if p.children))
        return time_of(parents, work)

    def get(self, lookups):
        def work():
            for i in range(lookups):
                if session.get(Item, next_key(i)) is None:
                    raise RuntimeError("no row")
        with Session(self.lookups) as session:
            return time_of(lookups, work)

    def hit(self, lookups):
        def work():
            for i in range(lookups):
                session.get(Item, next_key(i))
        with Session(self.lookups) as session:
            kept = session.scalars(sa.select(Item)).all()  # the identity map is weak
            expect(SMALL_TABLE, len(kept))
            return time_of(lookups, work)


def engine_of(to):
    if to["dialect"] == "sqlite":
        return sa.create_engine("sqlite:///" + to["database"], future=True)
    socket = to["host"].startswith("/")
    parts = {"username": to["user"], "password": to["password"], "database": to["database"], "port": to["port"] or None}
    if to["dialect"] == "postgresql":
        return sa.create_engine(sa.engine.URL.create("postgresql+psycopg2", host=to["host"], **parts), future=True,
                                connect_args={"options": "-csearch_path=azoth_bench_raw"})
    place = {"query": {"unix_socket": to["host"]}} if socket else {"host": to["host"]}
    return sa.create_engine(sa.engine.URL.create("mysql+pymysql", **place, **parts), future=True)


def answer(opened, asked):
    """What a line is answered with. `opened` holds what was opened so far, by its place."""
    if asked["do"] in ("core", "orm"):
        opened.append((Core if asked["do"] == "core" else Orm)(asked))
        return {"on": len(opened) - 1}
    return {"ns": getattr(opened[asked["on"]], asked["do"])(asked["count"])}


def main():
    opened = []
    print(json.dumps({"version": sa.__version__}), flush=True)
    for line in sys.stdin:
        try:
            said = answer(opened, json.loads(line))
        except Exception as e:  # whatever went wrong, the program that asked is to say it
            said = {"error": f"{type(e).__name__}: {e}".splitlines()[0]}
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
