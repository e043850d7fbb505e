namespace Lightport.Cel.Checking;

/// <summary>The variables of macros, the innermost of a name before those around it.</summary>
internal sealed class LocalScopes
{
    private readonly List<Local> _locals = [];

    /// <summary>How many slots an evaluation needs: one for each variable that is in scope at a time.</summary>
    public int Slots { get; private set; }

    public Local? Find(string name) => _locals.FindLast(local => local.Name == name);

    public Local Enter(string name, CelType type)
    {
        Local local = new(name, _locals.Count, type);
        _locals.Add(local);
        Slots = Math.Max(Slots, _locals.Count);
        return local;
    }

    /// <summary>Leaves the last so many.</summary>
    public void Leave(int count) => _locals.RemoveRange(_locals.Count - count, count);
}
