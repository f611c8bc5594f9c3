"""What QGIS sees in a file: run by the system's Python, which has its bindings."""

import json
import sys

from qgis.core import (  # type: ignore[import-not-found]  # of the system's Python
    QgsApplication,
    QgsCoordinateTransformContext,
    QgsProviderRegistry,
    QgsProviderSublayerDetails,
)

application = QgsApplication([], False)  # noqa: FBT003 (the signature is Qt's)
application.initQgis()
options = QgsProviderSublayerDetails.LayerOptions(QgsCoordinateTransformContext())
found = [
    each.toLayer(options) for each in QgsProviderRegistry.instance().querySublayers(sys.argv[1])
]
told = [
    {
        "name": layer.name(),
        "valid": layer.isValid(),
        "features": layer.featureCount(),
        "crs": layer.crs().authid(),
        "fields": [field.name() for field in layer.fields()],
    }
    for layer in found
]
del found
print(json.dumps(told))  # noqa: T201 (the answer)
application.exitQgis()
