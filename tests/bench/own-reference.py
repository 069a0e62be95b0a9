"""Losses of scikit-learn's models on given folds of a table: {"trees": .., "linear": ..} to standard output."""
import json
import sys
import warnings

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegressionCV, RidgeCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

warnings.filterwarnings("ignore")
job = json.load(open(sys.argv[1]))
table = pd.read_csv(job["path"])
folds = np.array(job["folds"])
is_regression = job["task"] == "regression"
inputs = table[job["columns"]]
target = table[job["target"]]
words = [name for name in inputs if not pd.api.types.is_numeric_dtype(inputs[name])]
numbers = [name for name in inputs if name not in words]
inputs = inputs.assign(**{name: inputs[name].astype("object").where(inputs[name].notna(), "none").astype(str) for name in words})


def trees():
    ordinal = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    prepared = ColumnTransformer([("words", ordinal, words), ("numbers", "passthrough", numbers)])
    model = HistGradientBoostingRegressor if is_regression else HistGradientBoostingClassifier
    return make_pipeline(prepared, model(random_state=0))


def linear():
    filled = make_pipeline(SimpleImputer(strategy="median", add_indicator=True), StandardScaler())
    known = OneHotEncoder(handle_unknown="ignore")
    prepared = ColumnTransformer([("words", known, words), ("numbers", filled, numbers)])
    model = RidgeCV(np.logspace(-3, 3, 13)) if is_regression else LogisticRegressionCV(Cs=7, cv=3, max_iter=300)
    return make_pipeline(prepared, model)


def loss(make):
    total = count = 0
    for fold in range(folds.max() + 1):
        taught = (folds >= 0) & (folds != fold)
        held = folds == fold
        said = make().fit(inputs[taught], target[taught]).predict(inputs[held])
        total += np.sum((said - target[held]) ** 2) if is_regression else np.sum(said != target[held])
        count += held.sum()
    return float(np.sqrt(total / count) if is_regression else total / count)


print(json.dumps({"trees": loss(trees), "linear": loss(linear)}))
