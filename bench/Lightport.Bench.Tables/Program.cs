using System.Globalization;
using Azure.Data.Tables;
using Lightport.Bench.Tables;

// dotnet run -c Release --project bench/Lightport.Bench.Tables -- <connection string> [models] [keys]
// dotnet run -c Release --project bench/Lightport.Bench.Tables -- limits <connection string>
// The account's tables are written to: give it an empty one, or an emulator.
if (args is ["limits", var shared])
{
    await new LimitsRun(shared).RunAsync();
    return 0;
}

if (args is ["limits-instance", var account, var rate, var seconds])
{
    await new LimitsInstance(
        new TableServiceClient(account),
        double.Parse(rate, CultureInfo.InvariantCulture),
        TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture))).RunAsync();
    return 0;
}

if (args.Length is 0 or > 3)
{
    await Console.Error.WriteLineAsync("Give a connection string, and, if wanted, how many models and keys.");
    return 2;
}

var service = new TableServiceClient(args[0]);
await new ModelsRun(service, Count(1, 10_000)).RunAsync();
await new KeysRun(service, Count(2, 100_000)).RunAsync();
return 0;

int Count(int index, int otherwise) =>
    args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;
