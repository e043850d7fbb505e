namespace Lightport.Admission.Identity;

/// <summary>What somebody may do at the management doors.</summary>
[Flags]
internal enum AdminRoles
{
    None = 0,

    /// <summary>See how things are: the configuration, keys without their secrets, usage, health.</summary>
    Read = 1,

    /// <summary>Make, change and remove client keys.</summary>
    Keys = 2,

    /// <summary>Put a configuration in force, or an earlier one back.</summary>
    Configuration = 4,

    All = Read | Keys | Configuration,
}
