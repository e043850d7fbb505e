namespace Lightport.Cel.Checking;

/// <summary>
/// What the open types of an expression have turned out to be. A type that two places use is the more general of the
/// two; <c>dyn</c> goes with all
/// (https://github.com/google/cel-spec/blob/master/doc/langdef.md#gradual-type-checking).
/// </summary>
internal sealed class Unifier
{
    /// <summary>Beyond so many steps a type is too large to be of use to anyone, and counts as <c>dyn</c>.</summary>
    private const int MostSteps = 10_000;

    private readonly Dictionary<string, CelType> _found = new(StringComparer.Ordinal);

    /// <summary>What was found of open types before, the last change last.</summary>
    private readonly List<(string Name, CelType? Before)> _changes = [];
    private int _fresh;
    private int _steps;

    /// <summary>An open type that no other place uses.</summary>
    public CelType Fresh() => CelType.Parameter($"_{_fresh++}");

    /// <summary>Whether the one may stand where the other is wanted; what that says of open types is kept.</summary>
    public bool TryAssign(CelType from, CelType to) => TryAssign([from], [to]);

    /// <inheritdoc cref="TryAssign(CelType, CelType)" />
    public bool TryAssign(ReadOnlySpan<CelType> from, ReadOnlySpan<CelType> to)
    {
        _changes.Clear();
        _steps = 0;
        if (AreAssignable(from, to))
        {
            return true;
        }

        for (int index = _changes.Count - 1; index >= 0; index--)
        {
            (string name, CelType? before) = _changes[index];
            if (before is null)
            {
                _found.Remove(name);
            }
            else
            {
                _found[name] = before;
            }
        }

        return false;
    }

    /// <summary>The type that holds both; <c>dyn</c> where nothing less does.</summary>
    public CelType Join(CelType? previous, CelType current) =>
        previous is null ? current
        : TryAssign(previous, current) ? MoreGeneral(previous, current)
        : CelType.Dyn;

    /// <summary>The type with what is known of its open parts.</summary>
    public CelType Known(CelType type)
    {
        _steps = 0;
        return Substituted(type, toDyn: false);
    }

    /// <summary>The type with nothing open in it any more.</summary>
    public CelType Final(CelType type)
    {
        _steps = 0;
        return Substituted(type, toDyn: true);
    }

    private CelType Substituted(CelType type, bool toDyn)
    {
        if (++_steps > MostSteps)
        {
            return CelType.Dyn;
        }

        if (type.Kind == CelTypeKind.Parameter)
        {
            return _found.TryGetValue(type.Name, out CelType? found) ? Substituted(found, toDyn)
                : toDyn ? CelType.Dyn
                : type;
        }

        return type.Parameters.Length == 0 ? type
            : type.With(Array.ConvertAll(type.Parameters, parameter => Substituted(parameter, toDyn)));
    }

    private bool AreAssignable(ReadOnlySpan<CelType> from, ReadOnlySpan<CelType> to)
    {
        if (from.Length != to.Length)
        {
            return false;
        }

        for (int index = 0; index < from.Length; index++)
        {
            if (!IsAssignable(from[index], to[index]))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsAssignable(CelType from, CelType to)
    {
        if (to.Kind == CelTypeKind.Parameter)
        {
            (bool isValid, bool isKnown) = Bind(from, to);
            if (isValid || isKnown)
            {
                return isValid;
            }
        }

        if (from.Kind == CelTypeKind.Parameter)
        {
            return Bind(to, from).IsValid;
        }

        if (IsAny(from) || IsAny(to) || ++_steps > MostSteps)
        {
            return true;
        }

        return (from.Kind, to.Kind) switch
        {
            (CelTypeKind.Null, _) => IsNullable(to),
            (_, CelTypeKind.Null) => IsNullable(from),
            (CelTypeKind.Type, CelTypeKind.Type) => true,
            _ => from.Kind == to.Kind && from.Name == to.Name && AreAssignable(from.Parameters, to.Parameters),
        };
    }

    /// <summary>Takes the type for an open one, or the more general of it and what was found before.</summary>
    private (bool IsValid, bool IsKnown) Bind(CelType type, CelType open)
    {
        if (type.Is(open))
        {
            return (true, true);
        }

        if (!_found.TryGetValue(open.Name, out CelType? found))
        {
            if (Occurs(open, type))
            {
                return (false, false);
            }

            Find(open.Name, type);
            return (true, false);
        }

        if (type.Is(found))
        {
            return (true, true);
        }

        if (!IsAssignable(type, found))
        {
            return (false, true);
        }

        CelType general = MoreGeneral(type, found);
        if (!Occurs(open, general))
        {
            Find(open.Name, general);
        }

        return (true, true);
    }

    private void Find(string name, CelType type)
    {
        _changes.Add((name, _found.GetValueOrDefault(name)));
        _found[name] = type;
    }

    /// <summary>Whether the open type is somewhere within the other, which could then never be written down.</summary>
    private bool Occurs(CelType open, CelType within) =>
        ++_steps > MostSteps
        || within.Is(open)
        || (within.Kind == CelTypeKind.Parameter
            ? _found.TryGetValue(within.Name, out CelType? found) && Occurs(open, found)
            : Array.Exists(within.Parameters, parameter => Occurs(open, parameter)));

    private static CelType MoreGeneral(CelType one, CelType other) => IsAsGeneral(one, other) ? one : other;

    private static bool IsAsGeneral(CelType one, CelType other)
    {
        if (one.IsDyn || one.Kind == CelTypeKind.Parameter)
        {
            return true;
        }

        if (other.IsDyn || other.Kind == CelTypeKind.Parameter || one.Kind != other.Kind || one.Name != other.Name)
        {
            return false;
        }

        return one.Kind == CelTypeKind.Type || (one.Parameters.Length == other.Parameters.Length
            && one.Parameters.Zip(other.Parameters).All(pair => IsAsGeneral(pair.First, pair.Second)));
    }

    private static bool IsAny(CelType type) => type.Kind is CelTypeKind.Dyn or CelTypeKind.Error;

    /// <summary>What may be null without saying so.</summary>
    private static bool IsNullable(CelType type) => type.Kind is CelTypeKind.Null or CelTypeKind.Opaque
        or CelTypeKind.Object or CelTypeKind.Timestamp or CelTypeKind.Duration;
}
