"""What orm_benchmarks.cpp measures of Azoth's ORM, done by SQLAlchemy's on SQLite: the same tables, rows and keys, the median of the rounds.

    /usr/bin/python3 testsuite/benchmarks/sqlalchemy_orm.py [ROUNDS]

needs Debian's python3-sqlalchemy (1.4, which has the classes of 2.0).
"""
import statistics, sys, tempfile, time
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session, declarative_base, relationship, selectinload

NEW_OBJECTS = 50_000
PARENTS = 5_000
CHILDREN_EACH = 10
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


def make_items(count):
    return [Item(name=f"item number {i}", price=i * 0.25, stock=None if i % 3 == 0 else i % 100, note="a note of some thirty characters")
            for i in range(count)]


def next_key(i):
    return i * 7919 % SMALL_TABLE + 1


def time_of(operations, work):
    """Microseconds that one of the operations takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e6 / operations


def fill(engine):
    with Session(engine) as session:
        for p in range(PARENTS):
            session.add(Parent(name=f"parent number {p}", children=[
                Child(name=f"child {k} of {p}", size=float(k)) for k in range(CHILDREN_EACH)]))
        session.commit()


def flush(engine):
    with engine.begin() as connection:
        connection.execute(sa.delete(Item))
    with Session(engine) as session:
        session.add_all(make_items(NEW_OBJECTS))
        return time_of(NEW_OBJECTS, session.commit)


def load(engine):
    def work():
        with Session(engine) as session:
            found = session.scalars(sa.select(Parent).options(selectinload(Parent.children))).all()
            if sum(len(p.children) for p in found) != PARENTS * CHILDREN_EACH:
                raise RuntimeError("children are missing")
    return time_of(PARENTS, work)


def get(engine):
    def work():
        for i in range(SMALL_TABLE):
            if session.get(Item, next_key(i)) is None:
                raise RuntimeError("no row")
    with Session(engine) as session:
        return time_of(SMALL_TABLE, work)


def hit(engine):
    def work():
        for i in range(SMALL_TABLE):
            session.get(Item, next_key(i))
    with Session(engine) as session:
        kept = session.scalars(sa.select(Item)).all()  # the identity map is weak
        return time_of(SMALL_TABLE, work) if len(kept) == SMALL_TABLE else None


def made(folder, name):
    engine = sa.create_engine(f"sqlite:///{folder}/{name}.db")
    Base.metadata.create_all(engine)
    return engine


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        family, items, lookups = (made(Path(folder), name) for name in ("family", "items", "lookups"))
        fill(family)
        with Session(lookups) as session:
            session.add_all(make_items(SMALL_TABLE))
            session.commit()
        print(f"SQLAlchemy {sa.__version__}, Python {sys.version.split()[0]}")
        for name, work, engine in (("flush of 50,000 new objects, an object", flush, items),
                                   ("load of 5,000 parents with 10 children each, a parent", load, family),
                                   ("get of an object that is new to the session", get, lookups),
                                   ("get of an object that the session has", hit, lookups)):
            work(engine)  # to warm up
            print(f"{name:<58} {statistics.median(work(engine) for _ in range(rounds)):>9.2f} us", flush=True)


if __name__ == "__main__":
    main()
