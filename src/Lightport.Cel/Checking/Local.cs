namespace Lightport.Cel.Checking;

/// <summary>A variable of a macro.</summary>
internal sealed record Local(string Name, int Slot, CelType Type);
