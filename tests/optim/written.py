"""Formulas as they are written, worked out: the independent reading that tests hold computed values to."""

import ast
import operator

import numpy as np

OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
FUNCTIONS = {
    "exp": np.exp,
    "sin": np.sin,
    "cos": np.cos,
    "tanh": np.tanh,
    "sqrt": np.sqrt,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
}


def work_out(text, values):
    """The value of an expression in Python's syntax, with ^ for powers, given the values of its names."""

    def value(node):
        match node:
            case ast.Constant():
                return node.value
            case ast.Name():
                return values[node.id]
            case ast.UnaryOp(op=ast.USub()):
                return -value(node.operand)
            case ast.BinOp():
                return OPERATORS[type(node.op)](value(node.left), value(node.right))
            case ast.Call(args=[argument]):
                return FUNCTIONS[node.func.id](value(argument))
        raise ValueError(ast.dump(node))

    return value(ast.parse(text.replace("^", "**"), mode="eval").body)


def complex_step(function, point):
    """The derivatives of an analytic function at a point, exact to rounding: imag f(p + i h e_k) / h with a tiny h."""
    point, h = np.asarray(point, dtype=complex), 1e-30
    return np.array([np.imag(function(point + 1j * h * unit)) / h for unit in np.eye(len(point))])
