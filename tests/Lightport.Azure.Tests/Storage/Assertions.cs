using Lightport.Storage;

namespace Lightport.Azure.Tests.Storage;

/// <summary>What tests of a store say about it.</summary>
internal static class Assertions
{
    public static async Task<StoreException> FailsAsync(StoreFailure failure, Func<Task> call)
    {
        StoreException e = await Assert.ThrowsAsync<StoreException>(call);
        Assert.Equal(failure, e.Failure);
        return e;
    }

    public static void Same(ConfigurationContent expected, ConfigurationContent? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Text, actual.Text);
        Assert.Equal(expected.Entries, actual.Entries);
    }
}
