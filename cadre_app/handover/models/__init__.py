from cadre_app.handover.models.hand_overs import HandOver, HandOverLine
from cadre_app.handover.models.materials import READERS, Material, MaterialKind

__all__ = ["READERS", "HandOver", "HandOverLine", "Material", "MaterialKind"]
